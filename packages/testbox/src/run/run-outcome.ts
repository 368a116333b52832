import type { TestResult } from '../check/test-result.ts';
import type { TestboxError } from '../errors.ts';
import type { LastWords } from './last-words.ts';
import type { Removal } from './remove-belongings.ts';
import type { RunningContainer } from './running-container.ts';

/** What came of a run. */
export interface RunOutcome {
  /** One for each test, in the order of the file. */
  readonly results: readonly TestResult[];
  /** Why the tests could not be run; undefined where they were. */
  readonly failure: TestboxError | undefined;
  /** Of containers, where a test has failed. */
  readonly lastWords: readonly LastWords[];
  /** What could not be removed. */
  readonly left: Removal['left'];
  /** What stays, because that was asked for. */
  readonly kept: readonly RunningContainer[];
  readonly durationMs: number;
}
