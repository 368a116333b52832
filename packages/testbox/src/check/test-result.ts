/** What became of a test. */
export interface TestResult {
  readonly name: string;
  readonly outcome: TestOutcome;
  /** With all its attempts; 0 for what has not run. */
  readonly durationMs: number;
}

export type TestOutcome =
  | { readonly kind: 'passed' }
  | {
      readonly kind: 'failed';
      /** Each in the words of the report. */
      readonly problems: readonly string[];
      /** The beginning of what came back, which often says why; undefined where nothing did, or nothing is in it. */
      readonly answer?: string | undefined;
    }
  | { readonly kind: 'not-run'; readonly reason: string };

export function hasPassed({ outcome }: TestResult): boolean {
  return outcome.kind === 'passed';
}
