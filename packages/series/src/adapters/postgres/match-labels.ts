import type { Queries } from '@daywatch/service-kit/postgres';

import type { CompiledMatcher } from '../../matcher/compile-matcher.ts';
import type { KnownSource } from './source-book.ts';
import { findLabels } from './sql/find-labels.ts';
import { listLabelsOfName } from './sql/list-labels-of-name.ts';

/** What a matcher asks of a series by itself; what it leaves open is decided with the source. */
export interface LabelCondition {
  /** Where given, the series has one of these labels: no source can make up for it. */
  readonly needed: readonly number[] | undefined;
  /** The series has none of these. */
  readonly refused: readonly number[];
}

/** Resolves a matcher over the values that its label has ever had. Expressions never reach the database. */
export async function conditionOf(
  db: Queries,
  matcher: CompiledMatcher,
  sources: readonly KnownSource[],
  signal?: AbortSignal,
): Promise<LabelCondition> {
  const mayComeFromSource =
    matcher.matchesEmpty ||
    sources.some(({ labels }) =>
      labels.some(([name, value]) => name === matcher.name && matcher.matches(value)),
    );
  const { accepted, refused } = await splitValues(db, matcher, !mayComeFromSource, signal);
  return mayComeFromSource ? { needed: undefined, refused } : { needed: accepted, refused: [] };
}

/** The ids of the label's values by whether they match. Only those that will be looked at are complete. */
async function splitValues(
  db: Queries,
  matcher: CompiledMatcher,
  isNeeded: boolean,
  signal?: AbortSignal,
): Promise<{ readonly accepted: readonly number[]; readonly refused: readonly number[] }> {
  const { name, operator, value, matches } = matcher;
  // Of '=' only the one value can be needed, of '!=' only the one is refused.
  const isOneValue = (operator === '=' && isNeeded) || (operator === '!=' && !isNeeded);
  const rows = isOneValue
    ? await db.query(findLabels, [[name], [value]], signal)
    : await db.query(listLabelsOfName, [name], signal);
  const accepted: number[] = [];
  const refused: number[] = [];
  for (const row of rows) (matches(row.value) ? accepted : refused).push(row.id);
  return { accepted, refused };
}
