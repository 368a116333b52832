import { describe, expect, it } from 'vitest';

import { listWaysToRun } from './run-as.ts';

describe('listWaysToRun', () => {
  it('should never offer root, nor an owner that a namespace would mistake for its own', () => {
    const ways = [undefined, 0, 4_242].flatMap((owner) => listWaysToRun(owner));

    expect(ways.every((way) => way.kind === 'self' || (way.uid > 0 && way.gid > 0))).toBe(true);
    expect(ways.every((way) => way.kind !== 'namespace' || way.uid !== 65_534)).toBe(true);
  });

  it('should put the owner of the data first when root asks, and ourselves alone when not', () => {
    const [first] = listWaysToRun(4_242);

    expect(first).toStrictEqual(
      process.getuid?.() === 0 ? { kind: 'user', uid: 4_242, gid: 4_242 } : { kind: 'self' },
    );
  });
});
