import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRunId, parseRunId, stateOfRun } from './run-id.ts';

const hash = fc.stringMatching(/^[0-9a-f]{8}$/);
const owner = fc.record({ machine: hash, boot: hash, pid: fc.nat(), pidStart: fc.nat() });

describe('the name of a run', () => {
  it('should say whose it is', () => {
    fc.assert(
      fc.property(owner, fc.stringMatching(/^[0-9a-z]{1,6}$/), (owner, random) => {
        const name = formatRunId(owner, random);

        expect(parseRunId(name)).toEqual(owner);
        // It is part of the name of images, which allow no more than this.
        expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      }),
    );
  });

  it('should never call a run dead whose process lives, nor one of another machine', () => {
    fc.assert(
      fc.property(owner, owner, fc.boolean(), (owner, other, isSame) => {
        const name = formatRunId(owner, 'x');
        const here = isSame ? owner : other;
        const state = stateOfRun(name, { ...here, startOf: () => owner.pidStart });

        if (here.machine !== owner.machine) expect(state).toBe('elsewhere');
        else if (here.boot === owner.boot) expect(state).toBe('alive');
        else expect(state).toBe('dead');
      }),
    );
  });

  it('should know a process that has its id from another', () => {
    const mine = { machine: '00000000', boot: '11111111', pid: 7, pidStart: 100 };
    const name = formatRunId(mine, 'x');

    expect(stateOfRun(name, { ...mine, startOf: () => 101 })).toBe('dead');
    expect(stateOfRun(name, { ...mine, startOf: () => undefined })).toBe('dead');
    expect(stateOfRun('something else', { ...mine, startOf: () => 100 })).toBe('elsewhere');
  });
});
