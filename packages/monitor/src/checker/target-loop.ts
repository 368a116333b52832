import type { CheckRun, CheckStatus, RecordRun } from './check-run.ts';
import type { Clock } from './clock.ts';
import { runCheck, type RunOutcome } from './run-check.ts';
import { firstDelayMs } from './schedule.ts';
import type { StallWatch } from './stall-watch.ts';
import type { Target, TargetState } from './target.ts';

export interface LoopSurroundings {
  readonly clock: Clock;
  readonly stalls: StallWatch;
  readonly record: RecordRun;
  /** What is wrong with the checker itself right now, or undefined. */
  readonly ownTrouble: () => string | undefined;
  /** Whether a check may begin now; one that may not is skipped and counted. */
  readonly mayBegin: () => boolean;
  /** Told when the status of the target is another than before. */
  readonly onChange: (state: TargetState, before: CheckStatus | undefined) => void;
}

/**
 * Checks one target at its times.
 *
 *     waiting --due--> running --ended or out of time--> waiting
 *                        | due again: skipped and counted, also while a target that ignores its signal still works
 *     any --stop--> stopped (what runs is broken off and not recorded)
 */
export class TargetLoop {
  #target: Target;
  readonly #around: LoopSurroundings;
  readonly #stop = new AbortController();
  #cancelTimer: (() => void) | undefined;
  /** On the clock's `elapsed`. */
  #dueMs = 0;
  #running: Promise<void> | undefined;
  #last: CheckRun | undefined;
  #skipped = 0;

  constructor(target: Target, around: LoopSurroundings) {
    this.#target = target;
    this.#around = around;
  }

  start(): void {
    const { clock } = this.#around;
    const delayMs = firstDelayMs(this.#target.check.id, this.#target.intervalMs, clock.now());
    this.#dueMs = clock.elapsed() + delayMs;
    this.#wait();
  }

  /** Goes on with the target as it is set up now; a check that runs ends as it began. */
  use(target: Target): void {
    const isRescheduled = target.intervalMs !== this.#target.intervalMs;
    this.#target = target;
    if (!isRescheduled || this.#cancelTimer === undefined) return;
    this.#cancelTimer();
    this.start();
  }

  /** Begins no more checks; resolves when the one that runs has ended and is recorded. */
  async retire(): Promise<void> {
    this.#cancelTimer?.();
    await this.#running;
  }

  /** Resolves when nothing of it runs any more. */
  async stop(): Promise<void> {
    this.#stop.abort(new CheckStoppedError());
    this.#cancelTimer?.();
    await this.#running;
  }

  state(): TargetState {
    const { check, domain, intervalMs, timeoutMs } = this.#target;
    return {
      id: check.id,
      domain,
      intervalMs,
      timeoutMs,
      status: this.#last?.status,
      reason: this.#last?.reason,
      lastCheckMs: this.#last?.atMs,
      isRunning: this.#running !== undefined,
      skipped: this.#skipped,
    };
  }

  #wait(): void {
    const delayMs = Math.max(0, this.#dueMs - this.#around.clock.elapsed());
    this.#cancelTimer = this.#around.clock.setTimer(() => this.#beDue(), delayMs);
  }

  #beDue(): void {
    const { intervalMs } = this.#target;
    const nowMs = this.#around.clock.elapsed();
    if (this.#running === undefined && this.#around.mayBegin())
      this.#running = this.#run(nowMs - this.#dueMs);
    else this.#skipped += 1;
    // Turns that went by while the checker was held up are not made up for.
    const missed = Math.max(0, Math.floor((nowMs - this.#dueMs) / intervalMs));
    this.#skipped += missed;
    this.#dueMs += (missed + 1) * intervalMs;
    this.#wait();
  }

  async #run(delayMs: number): Promise<void> {
    const target = this.#target;
    const outcome = await runCheck(target, this.#around.clock, this.#stop.signal);
    if (!this.#stop.signal.aborted) this.#conclude(this.#toRun(target, outcome, delayMs));
    await outcome.settled;
    this.#running = undefined;
  }

  #conclude(run: CheckRun): void {
    const before = this.#last?.status;
    this.#last = run;
    this.#around.record(run);
    if (run.status !== before) this.#around.onChange(this.state(), before);
  }

  #toRun(target: Target, outcome: RunOutcome, delayMs: number): CheckRun {
    const { atMs, startMs, endMs, health, metrics } = outcome;
    const { check, domain } = target;
    // A check that makes its metrics itself measures silence too.
    const hasAnswered = metrics.kind === 'read' && metrics.isUp;
    const stall = health.status === 'pass' && hasAnswered ? undefined : this.#findStall(target, outcome);
    // A check that does not pass while the checker itself was in trouble says nothing about the target.
    const trouble = health.status === 'pass' ? undefined : (stall ?? this.#around.ownTrouble());
    return {
      targetId: check.id,
      domain,
      atMs,
      delayMs,
      durationMs: endMs - startMs,
      status: trouble === undefined ? health.status : 'unknown',
      reason: trouble ?? health.reason,
      metrics:
        !hasAnswered && stall !== undefined ? { kind: 'failed', reason: stall, isDoubtful: true } : metrics,
    };
  }

  /** What is lost to stalls counts all together; in an answer that came too late, also where it is all that was too much. */
  #findStall({ timeoutMs }: Target, { startMs, endMs, health }: RunOutcome): string | undefined {
    const { atLeastMs, atMostMs } = this.#around.stalls.lostBetween(startMs, endMs);
    const { lateByMs = Infinity } = health;
    const wasInTime = atMostMs > 0 && atMostMs >= lateByMs;
    if (!wasInTime && atLeastMs < Math.max(MIN_STALL_MS, timeoutMs / STALL_SHARE)) return undefined;
    return `the checker was held up for ${Math.round(atLeastMs)} ms`;
  }
}

/** A stall counts from a quarter of the timeout on: an answer that was nearly late otherwise is the target's own fault. */
const STALL_SHARE = 4;
const MIN_STALL_MS = 100;

/** The reason of the signal of a check that was broken off because the target was removed or the checker stops. */
export class CheckStoppedError extends Error {
  override readonly name = 'CheckStoppedError';
  readonly code = 'stopped';

  constructor() {
    super('the check was broken off');
  }
}
