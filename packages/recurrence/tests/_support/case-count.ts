/**
 * How many cases a property test tries: its own number, times `RECURRENCE_CASES` where that is set, for a
 * long run at a desk.
 */
export function caseCount(usual: number): number {
  return usual * Number(process.env['RECURRENCE_CASES'] ?? 1);
}
