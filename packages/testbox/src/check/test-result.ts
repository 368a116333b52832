/** What became of a test. */
export interface TestResult {
  readonly name: string;
  readonly outcome: TestOutcome;
  /** With all its attempts; 0 for what has not run. */
  readonly durationMs: number;
}

export type TestOutcome =
  | { readonly kind: 'passed' }
  /** Each problem in the words of the report. */
  | { readonly kind: 'failed'; readonly problems: readonly string[] }
  | { readonly kind: 'not-run'; readonly reason: string };

export function hasPassed({ outcome }: TestResult): boolean {
  return outcome.kind === 'passed';
}
