import type { Queries } from '@daywatch/service-kit/postgres';
import {
  addTallies,
  NO_RESULTS,
  spanStart,
  tallyOf,
  type CheckTally,
  type CountSpan,
} from '../../check/check-count.ts';
import type { NewCheckResult } from '../../check/check-result-store.ts';
import { letterOf } from './check-rows.ts';
import { ADD_COUNTS } from './sql/add-counts.ts';
import { addResults } from './sql/add-results.ts';

/** A result and the row of its target and domain. */
export interface SubjectResult {
  readonly subjectId: number;
  readonly result: NewCheckResult;
}

/**
 * Runs inside of a transaction. What is counted is what the insert has taken, so that each result counts once however
 * often it comes. Everything is in the order of the subjects and their times: two appends never wait for each other in a
 * circle.
 */
export async function appendResults(queries: Queries, results: readonly SubjectResult[]): Promise<void> {
  const given = results.toSorted((a, b) => a.subjectId - b.subjectId || a.result.atMs - b.result.atMs);
  const added = await queries.query(addResults, resultColumns(given));
  const isNew = new Set(added.map(({ subject_id, at_ms }) => keyOf(subject_id, at_ms)));
  // Taken out of the set, so that of two results of one moment the first counts: the database has taken that one.
  const stored = given.filter(({ subjectId, result }) => isNew.delete(keyOf(subjectId, result.atMs)));
  if (stored.length === 0) return;
  await Promise.all([addCounts(queries, stored, 'hour'), addCounts(queries, stored, 'day')]);
}

async function addCounts(queries: Queries, stored: readonly SubjectResult[], span: CountSpan): Promise<void> {
  const counts = new Map<
    string,
    { readonly startMs: number; readonly subjectId: number; tally: CheckTally }
  >();
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
