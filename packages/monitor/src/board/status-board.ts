import type { CheckBoard, CheckCount } from '../check/check-board.ts';
import {
  addTallies,
  COUNT_SPAN_MS,
  NO_RESULTS,
  spanStart,
  upShare,
  type CheckTally,
  type CountSpan,
} from '../check/check-count.ts';
import type { CheckResult } from '../check/check-result-store.ts';
import type { CheckStatus } from '../checker/check-run.ts';
import type { TargetBoard, TargetStanding } from '../target/target-board.ts';

/** How far back bars go, and how long each is: the last one is the running hour, or day of UTC. */
export const BOARD_PERIODS = {
  '24h': { span: 'hour', bars: 24 },
  '30d': { span: 'day', bars: 30 },
  '90d': { span: 'day', bars: 90 },
} as const satisfies Record<string, { readonly span: CountSpan; readonly bars: number }>;

export type BoardPeriod = keyof typeof BOARD_PERIODS;

export interface BoardQuery {
  readonly period: BoardPeriod;
  /** Of this domain alone; by default all that is watched. */
  readonly domain?: string;
  /** How many of the latest results each entry has, at least 0. */
  readonly recent: number;
  readonly nowMs: number;
}

/** One target of the board. */
export interface BoardEntry {
  readonly target: TargetStanding;
  /** From 0 to 1, over the whole period; undefined where nothing is known. */
  readonly upShare: number | undefined;
  /** One for each span of the period, the oldest first. */
  readonly bars: readonly CheckTally[];
  /** Oldest first. */
  readonly recent: readonly CheckResult[];
}

export interface StatusBoard {
  /** When the first bar begins. */
  readonly startMs: number;
  readonly barMs: number;
  /** What is broken comes first: by status, then domain. */
  readonly entries: readonly BoardEntry[];
}

const URGENCY: Readonly<Record<CheckStatus, number>> = { fail: 0, warn: 1, unknown: 2, pass: 3 };

/** How everything that is watched stands, and how it was. */
export async function makeStatusBoard(
  targets: TargetBoard,
  checks: CheckBoard,
  { period, domain, recent, nowMs }: BoardQuery,
  signal?: AbortSignal,
): Promise<StatusBoard> {
  const { span, bars } = BOARD_PERIODS[period];
  const barMs = COUNT_SPAN_MS[span];
  const endMs = spanStart(nowMs, span) + barMs;
  const startMs = endMs - bars * barMs;
  const counting = checks.counts(
    { span, startMs, endMs, ...(domain === undefined ? {} : { domain }) },
    signal,
  );
  const [standings, counts] = await Promise.all([targets.list(signal), counting]);
  const shown = standings.filter((standing) => domain === undefined || standing.domain === domain);
  const domains = shown.map((standing) => standing.domain);
  const results = recent === 0 ? [] : await checks.recent(domains, recent, signal);
  const countsOf = Map.groupBy(counts, (count) => count.domain);
  const resultsOf = Map.groupBy(results, (result) => result.domain);
  const entries = shown.map((target): BoardEntry => {
    const row = toBars(countsOf.get(target.domain) ?? [], startMs, barMs, bars);
    return {
      target,
      upShare: upShare(row.reduce(addTallies, NO_RESULTS)),
      bars: row,
      recent: resultsOf.get(target.domain) ?? [],
    };
  });
  return { startMs, barMs, entries: entries.sort(compareEntries) };
}

function toBars(
  counts: readonly CheckCount[],
  startMs: number,
  barMs: number,
  bars: number,
): readonly CheckTally[] {
  const row: CheckTally[] = Array.from({ length: bars }, () => NO_RESULTS);
  for (const count of counts) row[(count.startMs - startMs) / barMs] = count;
  return row;
}

function compareEntries({ target: a }: BoardEntry, { target: b }: BoardEntry): number {
  if (a.status !== b.status) return URGENCY[a.status] - URGENCY[b.status];
  return a.domain < b.domain ? -1 : a.domain > b.domain ? 1 : 0;
}
