import type { HealthFinding, MetricsFinding } from '../check/checkable.ts';
import type { CheckRun } from './check-run.ts';
import type { Clock } from './clock.ts';
import type { Target } from './target.ts';

/** What a run came to, so far as it got before its time was over. */
export interface RunOutcome {
  readonly atMs: number;
  /** On the clock's `elapsed`. */
  readonly startMs: number;
  readonly endMs: number;
  readonly health: HealthFinding;
  readonly metrics: CheckRun['metrics'];
  /** Resolves when the target's own work has ended, which may be later than the run where it pays no heed to its signal. */
  readonly settled: Promise<void>;
}

/** Asks a target for both, at once, and ends by its timeout whatever the target does. The signal breaks it off. */
export async function runCheck(target: Target, clock: Clock, stop: AbortSignal): Promise<RunOutcome> {
  const { check, timeoutMs } = target;
  const startMs = clock.elapsed();
  const atMs = Math.round(clock.now());
  const controller = new AbortController();
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  const abort = (reason: Error): void => {
    controller.abort(reason);
    end();
  };
  const cancelTimeout = clock.setTimer(() => abort(new CheckTimeoutError(timeoutMs)), timeoutMs);
  const onStop = (): void => abort(stop.reason as Error);
  stop.addEventListener('abort', onStop, { once: true });

  let health: HealthFinding | undefined;
  let metrics: CheckRun['metrics'] | undefined;
  const ask = async (): Promise<void> => {
    await Promise.all([
      attempt(() => check.health(controller.signal)).then((answer) => {
        health ??= answer.kind === 'done' ? answer.value : { status: 'fail', reason: answer.reason };
      }),
      attempt(() => check.metrics(controller.signal)).then((answer) => {
        metrics ??= toMetrics(answer);
      }),
    ]);
  };
  const settled = ask();
  await Promise.race([settled, over]);
  cancelTimeout();
  stop.removeEventListener('abort', onStop);
  // What has not answered by now has run out of time; a later answer is not waited for.
  health ??= { status: 'fail', reason: describeTimeout(timeoutMs) };
  metrics ??= { kind: 'failed', reason: describeTimeout(timeoutMs) };
  return { atMs, startMs, endMs: clock.elapsed(), health, metrics, settled };
}

/** The reason of a signal whose check took too long. */
export class CheckTimeoutError extends Error {
  override readonly name = 'CheckTimeoutError';
  readonly code = 'timeout';

  constructor(timeoutMs: number) {
    super(describeTimeout(timeoutMs));
  }
}

function describeTimeout(timeoutMs: number): string {
  return `there was no answer within ${timeoutMs} ms`;
}

type Attempt<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly reason: string };

async function attempt<T>(work: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { kind: 'done', value: await work() };
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

function toMetrics(answer: Attempt<MetricsFinding>): CheckRun['metrics'] {
  return answer.kind === 'done' ? { kind: 'read', ...answer.value } : answer;
}
