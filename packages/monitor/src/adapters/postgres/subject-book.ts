import type { Queries } from '@daywatch/service-kit/postgres';
import type { NewCheckResult } from '../../check/check-result-store.ts';
import type { SubjectResult } from './append-results.ts';
import { addSubjects, findSubjects } from './sql/subjects.ts';

/** Rows never go and their names never change, so that nothing goes out of date; this many are remembered. */
const REMEMBERED = 100_000;

/** Finds the row of each result's target and domain, and adds those that are missing. */
export type FindSubjects = (
  results: readonly NewCheckResult[],
  signal?: AbortSignal,
) => Promise<readonly SubjectResult[]>;

export function createSubjectBook(db: Queries): FindSubjects {
  const known = new Map<string, number>();

  async function learn(missing: ReadonlyMap<string, NewCheckResult>, signal?: AbortSignal): Promise<void> {
    const names = [...missing.values()];
    const parameters = [names.map(({ targetId }) => targetId), names.map(({ domain }) => domain)];
    await db.query(addSubjects, parameters, signal);
    if (known.size + missing.size > REMEMBERED) known.clear();
    for (const { id, target_id, domain } of await db.query(findSubjects, parameters, signal)) {
      known.set(keyOf({ targetId: target_id, domain }), id);
    }
  }

  return async (results, signal) => {
    const missing = new Map<string, NewCheckResult>();
    for (const result of results) if (!known.has(keyOf(result))) missing.set(keyOf(result), result);
    if (missing.size > 0) await learn(missing, signal);
    return results.map((result) => {
      const subjectId = known.get(keyOf(result));
      if (subjectId === undefined)
        throw new Error(`the target ${result.targetId} has no row after it was added`);
      return { subjectId, result };
    });
  };
}

function keyOf({ targetId, domain }: Pick<NewCheckResult, 'targetId' | 'domain'>): string {
  return JSON.stringify([domain, targetId]);
}
