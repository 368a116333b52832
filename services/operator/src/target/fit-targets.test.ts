import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLeftOut, type Claim } from './fit-targets.ts';

const ROOM = 1000;

function claim(key: string, bytes: number, second = 0): Claim {
  return { key, bytes, createdAt: `2030-01-01T00:00:${String(second).padStart(2, '0')}Z` };
}

const claims = fc
  .array(fc.record({ bytes: fc.integer({ min: 1, max: 600 }), second: fc.integer({ min: 0, max: 59 }) }), {
    maxLength: 20,
  })
  .map((list) => list.map(({ bytes, second }, i) => claim(`st/${i}`, bytes, second)));

describe('findLeftOut', () => {
  it('should leave nobody out where there is room for all', () => {
    expect([...findLeftOut([claim('a', 500), claim('b', 500)], ROOM)]).toEqual([]);
  });

  it('should leave out the newer, and of those of one second the later by name', () => {
    const all = [claim('new', 500, 2), claim('b', 500, 1), claim('a', 500, 1), claim('old', 300)];
    expect([...findLeftOut(all, ROOM)]).toEqual(['b', 'new']);
  });

  it('should give the room of one that is too large to those after it', () => {
    expect([...findLeftOut([claim('large', 1001), claim('small', 10, 1)], ROOM)]).toEqual(['large']);
  });

  it('should never let in more than there is room for, and never for one that is newer leave out another', () => {
    fc.assert(
      fc.property(claims, fc.integer({ min: 1, max: 1200 }), (all, bytes) => {
        const leftOut = findLeftOut(all, ROOM);
        const taken = all.filter(({ key }) => !leftOut.has(key)).reduce((sum, each) => sum + each.bytes, 0);
        expect(taken).toBeLessThanOrEqual(ROOM);
        const newest = claim('zz', bytes, 59);
        const after = findLeftOut([...all, newest], ROOM);
        expect([...after].filter((key) => key !== 'zz').toSorted()).toEqual([...leftOut].toSorted());
      }),
    );
  });
});
