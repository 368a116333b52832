import type { runCucumber } from '@cucumber/cucumber/api';

/** What Cucumber tells while it runs. */
type Message = Parameters<NonNullable<Parameters<typeof runCucumber>[2]>>[0];

/** What came of one scenario, or of one row of an outline. */
export interface ScenarioResult {
  readonly name: string;
  /** `PASSED`, or what was wrong. */
  readonly status: string;
  /** Which step, and why. */
  readonly message: string;
}

interface Scenario {
  readonly name: string;
  readonly steps: ReadonlyMap<string, string>;
  status: string;
  message: string;
}

/** Counts scenarios. One that was planned and did not come to its end is `UNKNOWN`. */
export class Tally {
  readonly #pickles = new Map<
    string,
    { readonly name: string; readonly texts: ReadonlyMap<string, string> }
  >();
  readonly #scenarios = new Map<string, Scenario>();
  readonly #started = new Map<string, Scenario>();

  hear({ pickle, testCase, testCaseStarted, testStepFinished, testCaseFinished }: Message): void {
    if (pickle) {
      const texts = new Map(pickle.steps.map(({ id, text }) => [id, text]));
      const row =
        pickle.astNodeIds.length > 1
          ? ` (${pickle.steps
              .map(({ text }) => text)
              .join('; ')
              .slice(0, 80)}…)`
          : '';
      this.#pickles.set(pickle.id, {
        name: `${pickle.uri.replace(/^.*\//, '')}: ${pickle.name}${row}`,
        texts,
      });
    }
    if (testCase) {
      const { name = 'unknown', texts } = this.#pickles.get(testCase.pickleId) ?? {};
      const steps = testCase.testSteps.map(
        ({ id, pickleStepId = '' }) => [id, texts?.get(pickleStepId) ?? 'a hook'] as const,
      );
      this.#scenarios.set(testCase.id, { name, steps: new Map(steps), status: 'UNKNOWN', message: '' });
    }
    if (testCaseStarted) {
      const scenario = this.#scenarios.get(testCaseStarted.testCaseId);
      if (scenario) this.#started.set(testCaseStarted.id, scenario);
    }
    if (testStepFinished) {
      const scenario = this.#started.get(testStepFinished.testCaseStartedId);
      const { message = '' } = testStepFinished.testStepResult;
      const status: string = testStepFinished.testStepResult.status;
      if (!scenario || status === 'PASSED' || scenario.message !== '') return;
      scenario.message = `${scenario.steps.get(testStepFinished.testStepId)}: ${status}: ${message}`;
    }
    if (testCaseFinished) {
      const scenario = this.#started.get(testCaseFinished.testCaseStartedId);
      if (scenario) scenario.status = scenario.message === '' ? 'PASSED' : 'FAILED';
    }
  }

  results(): readonly ScenarioResult[] {
    return [...this.#scenarios.values()].map(({ name, status, message }) => ({ name, status, message }));
  }
}
