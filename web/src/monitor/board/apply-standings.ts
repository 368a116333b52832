import {
  STATUSES,
  type Board,
  type BoardEntry,
  type CheckStatus,
  type Standing,
  type Tally,
} from '../model.ts';

/** As many as the server answers; the line that they are drawn as has no room for more. */
export const RECENT = 30;

const NONE: Tally = { passed: 0, warned: 0, failed: 0, unknown: 0 };
const COUNTED = {
  pass: 'passed',
  warn: 'warned',
  fail: 'failed',
  unknown: 'unknown',
} as const satisfies Record<CheckStatus, keyof Tally>;

/**
 * The board with what has become known of some targets since. A check that is new is counted, in a new bar where an
 * hour or a day has begun meanwhile. Entries that stay as they are stay the same objects.
 */
export function applyStandings(board: Board, standings: readonly Standing[]): Board {
  const byId = new Map(standings.map((standing) => [standing.id, standing]));
  const latestMs = Math.max(...standings.map(({ lastCheck }) => lastCheck?.atMs ?? 0));
  const count = board.entries[0]?.bars.length ?? 0;
  const endMs = board.startMs + count * board.barMs;
  const shift = latestMs < endMs ? 0 : Math.floor((latestMs - endMs) / board.barMs) + 1;
  const startMs = board.startMs + shift * board.barMs;
  const entries = board.entries.map((entry) => {
    const moved = shift === 0 ? entry : { ...entry, bars: shiftBars(entry.bars, shift) };
    const standing = byId.get(entry.id);
    return standing ? applyStanding(moved, standing, { startMs, barMs: board.barMs }) : moved;
  });
  return { ...board, startMs, entries: entries.toSorted(compareEntries) };
}

function applyStanding(
  entry: BoardEntry,
  standing: Standing,
  { startMs, barMs }: Pick<Board, 'startMs' | 'barMs'>,
): BoardEntry {
  const { lastCheck, status } = standing;
  if (!lastCheck || lastCheck.atMs <= (entry.lastCheck?.atMs ?? 0)) return { ...entry, ...standing };
  const at = Math.floor((lastCheck.atMs - startMs) / barMs);
  const bar = entry.bars[at];
  const bars = bar
    ? entry.bars.with(at, { ...bar, [COUNTED[status]]: bar[COUNTED[status]] + 1 })
    : entry.bars;
  const recent = [...entry.recent, { ...lastCheck, status }].slice(-RECENT);
  return { ...entry, ...standing, bars, recent };
}

function shiftBars(bars: readonly Tally[], shift: number): readonly Tally[] {
  return [...bars, ...Array.from({ length: Math.min(shift, bars.length) }, () => NONE)].slice(-bars.length);
}

/** By urgency, then domain. */
export function compareEntries(a: BoardEntry, b: BoardEntry): number {
  const urgency = STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status);
  return urgency || (a.domain < b.domain ? -1 : Number(a.domain > b.domain));
}

/** Of the checks that say something, how many did not fail, from 0 to 1; undefined where none says anything. */
export function findUpShare(bars: readonly Tally[]): number | undefined {
  let up = 0;
  let known = 0;
  for (const { passed, warned, failed } of bars) {
    up += passed + warned;
    known += passed + warned + failed;
  }
  return known === 0 ? undefined : up / known;
}
