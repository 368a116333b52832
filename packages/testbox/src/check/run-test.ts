import type { Step, TestSpec } from '../file/test-file.ts';
import { expandDeep, type Lookup } from '../template/template.ts';
import { describeDuration } from '../text/duration.ts';
import { shorten } from '../text/shorten.ts';
import { captureFrom, describeCapture } from './capture.ts';
import type { Caller, Target } from './caller.ts';
import { checkAnswer } from './check-answer.ts';
import { expandExpectations, expandStep } from './expand-test.ts';
import type { TestOutcome, TestResult } from './test-result.ts';

export interface TestSurroundings {
  readonly caller: Caller;
  readonly target: Target;
  /** Addresses, and what earlier tests have captured. */
  readonly lookup: Lookup;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface TestRun {
  readonly result: TestResult;
  readonly captured: ReadonlyMap<string, string>;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
const ANSWER_LENGTH = 500;

/** Tries a test, again and again where it says `eventually`. @throws the signal's reason alone */
export async function runTest(
  spec: TestSpec,
  surroundings: TestSurroundings,
  signal: AbortSignal,
): Promise<TestRun> {
  const { now, pause } = surroundings;
  const start = now();
  const deadline = start + (spec.eventuallyMs ?? 0);
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    const attempt = await tryOnce(spec, surroundings, signal);
    signal.throwIfAborted();
    const isLast = attempt.outcome.kind === 'passed' || now() + pauseMs > deadline;
    if (isLast) {
      const outcome = explainWaiting(attempt.outcome, spec);
      const result = { name: spec.name, outcome, durationMs: now() - start };
      return { result, captured: attempt.captured };
    }
    await pause(pauseMs, signal);
  }
}

interface Attempt {
  readonly outcome: TestOutcome;
  readonly captured: ReadonlyMap<string, string>;
}

async function tryOnce(
  spec: TestSpec,
  surroundings: TestSurroundings,
  signal: AbortSignal,
): Promise<Attempt> {
  const { caller, target, lookup } = surroundings;
  const timeout = AbortSignal.timeout(spec.timeoutMs);
  try {
    const step: Step = expandStep(spec.step, lookup);
    const answer = await caller.perform(step, target, AbortSignal.any([signal, timeout]));
    const problems = [...checkAnswer(expandExpectations(spec.expectations, lookup), answer)];
    const captured = new Map<string, string>();
    for (const [name, source] of spec.captures) {
      const value = captureFrom(source, answer);
      if (value === undefined)
        problems.push(`Capture ${name} found no ${describeCapture(expandDeep(source, lookup))}`);
      else captured.set(name, value);
    }
    const body = answer.body.trim() === '' ? undefined : shorten(answer.body.trim(), ANSWER_LENGTH);
    const outcome: TestOutcome =
      problems.length === 0 ? { kind: 'passed' } : { kind: 'failed', problems, answer: body };
    return { outcome, captured };
  } catch (error) {
    const why = timeout.aborted
      ? `no answer within ${describeDuration(spec.timeoutMs)}`
      : describeError(error);
    return { outcome: { kind: 'failed', problems: [why] }, captured: new Map() };
  }
}

function explainWaiting(outcome: TestOutcome, { eventuallyMs }: TestSpec): TestOutcome {
  if (outcome.kind !== 'failed' || eventuallyMs === undefined) return outcome;
  return {
    ...outcome,
    problems: [...outcome.problems, `still so after ${describeDuration(eventuallyMs)}`],
  };
}

function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
