import type { Queries } from '@daywatch/service-kit/postgres';
import { addTallies, NO_RESULTS, spanStart, tallyOf, type CheckTally, type CountSpan } from '../../check/check-count.ts';
import type { NewCheckResult } from '../../check/check-result-store.ts';
import { advanceState, type CheckState } from '../../check/check-state.ts';
import { letterOf, stateColumns, toState } from './check-rows.ts';
import { ADD_COUNTS } from './sql/add-counts.ts';
import { addResults } from './sql/add-results.ts';
import { advanceSubjects } from './sql/advance-subjects.ts';
import { lockSubjects } from './sql/lock-subjects.ts';

/** A result and the row of its target and domain. */
export interface SubjectResult {
  readonly subjectId: number;
  readonly result: NewCheckResult;
}

/**
 * Runs inside of a transaction, which locks the subjects: each result is counted exactly once, however many append at
 * once, and states follow each other.
 */
export async function appendResults(queries: Queries, given: readonly SubjectResult[]): Promise<void> {
  const ids = [...new Set(given.map(({ subjectId }) => subjectId))];
  const [rows, added] = await Promise.all([
    queries.query(lockSubjects, [ids]),
    queries.query(addResults, resultColumns(given)),
  ]);
  const isNew = new Set(added.map(({ subject_id, at_ms }) => keyOf(subject_id, at_ms)));
  const stored: SubjectResult[] = [];
  for (const each of given) {
    // Taken out, so that of two results of one moment the first counts: the database has taken that one.
    if (isNew.delete(keyOf(each.subjectId, each.result.atMs))) stored.push(each);
  }
  if (stored.length === 0) return;
  const before = new Map(rows.map((row) => [row.id, toState(row)]));
  await Promise.all([
    addCounts(queries, stored, 'hour'),
    addCounts(queries, stored, 'day'),
    queries.query(advanceSubjects, stateColumns(advanceAll(before, stored))),
  ]);
}

function advanceAll(
  before: ReadonlyMap<number, CheckState | undefined>,
  stored: readonly SubjectResult[],
): ReadonlyMap<number, CheckState> {
  const states = new Map<number, CheckState>();
  for (const { subjectId, result } of stored) {
    states.set(subjectId, advanceState(states.get(subjectId) ?? before.get(subjectId), result));
  }
  return states;
}

async function addCounts(queries: Queries, stored: readonly SubjectResult[], span: CountSpan): Promise<void> {
  const counts = new Map<string, { readonly startMs: number; readonly subjectId: number; tally: CheckTally }>();
  for (const { subjectId, result } of stored) {
    const startMs = spanStart(result.atMs, span);
    const key = keyOf(subjectId, startMs);
    const count = counts.get(key) ?? { startMs, subjectId, tally: NO_RESULTS };
    count.tally = addTallies(count.tally, tallyOf(result));
    counts.set(key, count);
  }
  const all = [...counts.values()];
  await queries.query(ADD_COUNTS[span], [
    all.map(({ startMs }) => startMs),
    all.map(({ subjectId }) => subjectId),
    all.map(({ tally }) => tally.passed),
    all.map(({ tally }) => tally.warned),
    all.map(({ tally }) => tally.failed),
    all.map(({ tally }) => tally.unknown),
    all.map(({ tally }) => tally.durationSumMs),
    all.map(({ tally }) => tally.durationMaxMs),
  ]);
}

function resultColumns(given: readonly SubjectResult[]) {
  return [
    given.map(({ subjectId }) => subjectId),
    given.map(({ result }) => result.atMs),
    given.map(({ result }) => letterOf(result.status)),
    given.map(({ result }) => result.durationMs),
    given.map(({ result }) => result.reason ?? null),
  ];
}

function keyOf(subjectId: number, timeMs: number): string {
  return `${subjectId} ${timeMs}`;
}
