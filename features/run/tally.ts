import type { runCucumber } from '@cucumber/cucumber/api';

/** What Cucumber tells while it runs. */
type Message = Parameters<NonNullable<Parameters<typeof runCucumber>[2]>>[0];

/** What came of one scenario, or of one row of an outline. */
export interface ScenarioResult {
  /** Feature, scenario, and the row where there are several. */
  readonly name: string;
  /** `PASSED`, or what was wrong: `FAILED`, `UNDEFINED`, `PENDING`, `SKIPPED`, `AMBIGUOUS`, `UNKNOWN`. */
  readonly status: string;
  /** Why, for people. */
  readonly message: string;
}

/** Graver ones are later: a scenario is what the gravest of its steps is. */
const GRAVITY = ['PASSED', 'SKIPPED', 'PENDING', 'UNDEFINED', 'AMBIGUOUS', 'FAILED', 'UNKNOWN'];

interface Pickle {
  readonly name: string;
  readonly uri: string;
  readonly stepTexts: ReadonlyMap<string, string>;
}

interface Case {
  readonly pickle: Pickle;
  /** What each of its steps is called. */
  readonly steps: ReadonlyMap<string, string>;
}

/** Counts scenarios by what Cucumber tells while it runs. */
export class Tally {
  readonly #pickles = new Map<string, Pickle>();
  readonly #cases = new Map<string, Case>();
  readonly #running = new Map<string, { readonly case: Case; status: string; messages: string[] }>();
  readonly #results: ScenarioResult[] = [];

  hear({ pickle, testCase, testCaseStarted, testStepFinished, testCaseFinished }: Message): void {
    if (pickle) {
      const stepTexts = new Map(pickle.steps.map(({ id, text }) => [id, text]));
      this.#pickles.set(pickle.id, { name: pickle.name, uri: pickle.uri, stepTexts });
    }
    if (testCase) {
      const found = this.#pickles.get(testCase.pickleId);
      if (!found) throw new Error(`a test case of no scenario: ${testCase.pickleId}`);
      const steps = testCase.testSteps.map(
        ({ id, pickleStepId = '' }) => [id, found.stepTexts.get(pickleStepId) ?? 'a hook'] as const,
      );
      this.#cases.set(testCase.id, { pickle: found, steps: new Map(steps) });
    }
    if (testCaseStarted) {
      const found = this.#cases.get(testCaseStarted.testCaseId);
      if (found) this.#running.set(testCaseStarted.id, { case: found, status: 'UNKNOWN', messages: [] });
    }
    if (testStepFinished) {
      const running = this.#running.get(testStepFinished.testCaseStartedId);
      const { message, ...result } = testStepFinished.testStepResult;
      const status: string = result.status;
      if (!running) return;
      running.status = running.status === 'UNKNOWN' ? status : graver(running.status, status);
      if (status !== 'PASSED' && status !== 'SKIPPED') {
        running.messages.push(`${running.case.steps.get(testStepFinished.testStepId)}: ${message ?? status}`);
      }
    }
    if (testCaseFinished) this.#finish(testCaseFinished.testCaseStartedId);
  }

  /** One for each scenario that was planned: one that did not come to its end is `UNKNOWN`. */
  results(): readonly ScenarioResult[] {
    for (const id of this.#running.keys()) this.#finish(id);
    return this.#results;
  }

  /** How many scenarios the features hold that were to be run. */
  get planned(): number {
    return this.#cases.size;
  }

  #finish(id: string): void {
    const running = this.#running.get(id);
    if (!running) return;
    this.#running.delete(id);
    const { name, uri } = running.case.pickle;
    this.#results.push({
      name: `${uri}: ${name}`,
      status: running.status,
      message: running.messages.join('\n'),
    });
  }
}

function graver(a: string, b: string): string {
  return GRAVITY.indexOf(a) > GRAVITY.indexOf(b) ? a : b;
}
