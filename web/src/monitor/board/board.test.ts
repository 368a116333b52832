import { describe, expect, it } from 'vitest';
import type { Board, BoardEntry, Standing, Tally } from '../model.ts';
import { applyStandings, findUpShare, RECENT } from './apply-standings.ts';
import { createCatchUp } from './catch-up.ts';
import { drawBars } from './draw-bars.ts';
import { drawSparkline } from './draw-sparkline.ts';

const HOUR = 3_600_000;
const NONE: Tally = { passed: 0, warned: 0, failed: 0, unknown: 0 };

function entry(id: string, changes: Partial<BoardEntry> = {}): BoardEntry {
  return {
    id,
    domain: `${id}.example`,
    kind: 'http',
    url: `https://${id}.example`,
    intervalMs: 5000,
    status: 'pass',
    reason: undefined,
    sinceMs: 0,
    lastCheck: { atMs: 2 * HOUR, durationMs: 5 },
    lastScrape: undefined,
    lastError: undefined,
    checker: 'one',
    bars: [NONE, NONE, { ...NONE, passed: 3 }],
    recent: [],
    ...changes,
  };
}

const board = (...entries: readonly BoardEntry[]): Board => ({ startMs: 0, barMs: HOUR, entries });

function standing(id: string, atMs: number, changes: Partial<Standing> = {}): Standing {
  const { bars: _, recent: __, ...rest } = entry(id);
  return { ...rest, lastCheck: { atMs, durationMs: 7 }, ...changes };
}

describe('applyStandings', () => {
  it('should count a new check in the bar of its hour, and leave other entries as they are', () => {
    const before = board(entry('a'), entry('b'));
    const { entries } = applyStandings(before, [standing('a', 2 * HOUR + 1)]);
    expect(entries[0]?.bars[2]).toEqual({ ...NONE, passed: 4 });
    expect(entries[0]?.recent).toEqual([{ atMs: 2 * HOUR + 1, durationMs: 7, status: 'pass' }]);
    expect(entries[1]).toBe(before.entries[1]);
  });

  it('should count no check twice', () => {
    const once = applyStandings(board(entry('a')), [standing('a', 2 * HOUR + 1)]);
    const twice = applyStandings(once, [standing('a', 2 * HOUR + 1)]);
    expect(twice.entries[0]?.bars).toEqual(once.entries[0]?.bars);
    expect(twice.entries[0]?.recent).toHaveLength(1);
  });

  it('should begin new bars for all when hours have begun meanwhile', () => {
    const after = applyStandings(board(entry('a'), entry('b')), [standing('a', 4 * HOUR + 1)]);
    expect(after.startMs).toBe(2 * HOUR);
    expect(after.entries.map(({ bars }) => bars)).toEqual([
      [{ ...NONE, passed: 3 }, NONE, { ...NONE, passed: 1 }],
      [{ ...NONE, passed: 3 }, NONE, NONE],
    ]);
    expect(applyStandings(board(entry('a')), [standing('a', 900 * HOUR)]).entries[0]?.bars).toEqual([
      NONE,
      NONE,
      { ...NONE, passed: 1 },
    ]);
  });

  it('should put what is broken first, and what is well again back', () => {
    const ids = (of: Board) => of.entries.map(({ id }) => id).join('');
    const broken = applyStandings(board(entry('a'), entry('b'), entry('c')), [
      standing('b', 3 * HOUR - 1, { status: 'warn' }),
      standing('c', 3 * HOUR - 1, { status: 'fail', reason: 'it is down' }),
    ]);
    expect(ids(broken)).toBe('cba');
    expect(ids(applyStandings(broken, [standing('c', 3 * HOUR - 1 + 1)]))).toBe('bac');
  });

  it('should keep no more of the latest checks than are drawn', () => {
    let now = board(entry('a'));
    for (let i = 1; i <= RECENT + 5; i++) now = applyStandings(now, [standing('a', 2 * HOUR + i)]);
    expect(now.entries[0]?.recent).toHaveLength(RECENT);
    expect(now.entries[0]?.recent.at(-1)?.atMs).toBe(2 * HOUR + RECENT + 5);
  });
});

describe('createCatchUp', () => {
  it('should add to an answer what was told while it was on its way, each check once', async () => {
    const { tell, load } = createCatchUp();
    tell([standing('b', 2 * HOUR + 1, { status: 'warn' })]);
    const answer = Promise.withResolvers<Board>();
    const loaded = load(() => answer.promise);
    tell([standing('a', 2 * HOUR + 1)]);
    tell([standing('a', 2 * HOUR + 2, { status: 'fail' })]);
    answer.resolve(board(entry('a'), entry('b')));
    const { entries } = await loaded;
    expect(entries.map(({ id, status }) => [id, status])).toEqual([
      ['a', 'fail'],
      // What was told before the answer was asked for is in it.
      ['b', 'pass'],
    ]);
    expect(entries[0]?.bars[2]).toEqual({ ...NONE, passed: 4, failed: 1 });
  });

  it('should leave an answer as it is that knows more, and have nothing left for the next', async () => {
    const { tell, load } = createCatchUp();
    const newer = entry('a', { lastCheck: { atMs: 2 * HOUR + 9, durationMs: 5 } });
    const loaded = load(async () => {
      tell([standing('a', 2 * HOUR + 1, { status: 'fail' })]);
      return board(newer);
    });
    expect((await loaded).entries).toEqual([newer]);
    expect((await load(async () => board(entry('a')))).entries).toEqual([entry('a')]);
  });
});

describe('findUpShare', () => {
  it('should take a warning for up, and what is unknown for nothing', () => {
    expect(findUpShare([{ passed: 2, warned: 1, failed: 1, unknown: 9 }, NONE])).toBe(0.75);
    expect(findUpShare([{ ...NONE, unknown: 3 }])).toBeUndefined();
  });
});

describe('drawBars', () => {
  it('should draw each bar once, a failure so that it is seen however short it was', () => {
    const { pass, warn, fail, unknown } = drawBars([
      { ...NONE, passed: 10 },
      { passed: 999, warned: 0, failed: 1, unknown: 0 },
      { ...NONE, failed: 5 },
      { passed: 1, warned: 1, failed: 0, unknown: 0 },
      { ...NONE, unknown: 1 },
      NONE,
    ]);
    expect(pass).toBe('M0 0h3v28h-3zM4 0h3v20h-3z');
    expect(fail).toBe('M4 20h3v8h-3zM8 0h3v28h-3z');
    expect(warn).toBe('M12 0h3v28h-3z');
    expect(unknown).toBe('M16 20h3v8h-3zM20 26h3v2h-3z');
  });
});

describe('drawSparkline', () => {
  it('should draw what passed as a line, and leave out what did not', () => {
    const at = (durationMs: number, status: 'pass' | 'fail' = 'pass') => ({ atMs: 0, durationMs, status });
    expect(drawSparkline([at(0), at(10), at(10, 'fail'), at(5), at(5)], 100, 20)).toBe(
      'M0 20L25 0M75 10L100 10',
    );
    expect(drawSparkline([at(3)], 100, 20)).toBe('M0 0L100 0');
    expect(drawSparkline([], 100, 20)).toBe('');
  });
});
