import type { CheckStatus, RecordRun } from './check-run.ts';
import type { Clock } from './clock.ts';
import { DuplicateTargetError, InvalidTargetError } from './errors.ts';
import { StallWatch } from './stall-watch.ts';
import { TargetLoop } from './target-loop.ts';
import type { Target, TargetState } from './target.ts';

export interface CheckerOptions {
  readonly clock: Clock;
  readonly record: RecordRun;
  readonly log: CheckerLog;
  /** What is wrong with the checker itself right now, such as a database that is away; by default nothing. */
  readonly ownTrouble?: () => string | undefined;
  /** Whether checks may begin now, such as while a lease of the targets lasts; by default they may. */
  readonly mayBegin?: () => boolean;
}

/** One line for each run, stop and change of a target's state. A pino logger is one. */
export interface CheckerLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Checks targets, each at its own times, none waiting for another. */
export interface Checker {
  /**
   * Takes in a target; while the checker runs its checks begin at once, spread over its interval.
   * @throws InvalidTargetError, DuplicateTargetError
   */
  add(target: Target): void;
  /**
   * Goes on with a target as it is set up now, without a gap: a check that runs ends as it began.
   * @throws InvalidTargetError, DuplicateTargetError, and where there is no target of that id.
   */
  replace(target: Target): void;
  /** Resolves, when nothing of it runs any more, with whether there was such a target. A check that runs is broken off. */
  remove(id: string): Promise<boolean>;
  /** As `remove`, but lets a check that runs come to its end, and records it. */
  retire(id: string): Promise<boolean>;
  list(): readonly TargetState[];
  /** Begins to check. Idempotent. */
  run(): void;
  /** Breaks off what is in flight, and resolves when nothing runs any more. It can be run again. Idempotent. */
  stop(): Promise<void>;
}

export function createChecker(options: CheckerOptions): Checker {
  const { clock, record, log, ownTrouble = () => undefined, mayBegin = () => true } = options;
  const stalls = new StallWatch(clock);
  const targets = new Map<string, { target: Target; loop: TargetLoop }>();
  /** Loops of targets that were taken out, while their last checks run. */
  const ending = new Set<TargetLoop>();
  let isRunning = false;

  const makeLoop = (target: Target): TargetLoop =>
    new TargetLoop(target, { clock, stalls, record, ownTrouble, mayBegin, onChange });

  function onChange(state: TargetState, before: CheckStatus | undefined): void {
    const fields = { target: state.id, status: state.status, before, reason: state.reason };
    if (state.status === 'pass') log.info(fields, `target ${state.id} passes`);
    else log.warn(fields, `target ${state.id}: ${state.status}`);
  }

  function checkDomain({ check: { id }, domain }: Target): void {
    for (const { target: other } of targets.values()) {
      if (other.check.id !== id && other.domain === domain) throw new DuplicateTargetError('domain', domain);
    }
  }

  async function end(id: string, how: 'stop' | 'retire'): Promise<boolean> {
    const entry = targets.get(id);
    if (entry === undefined) return false;
    targets.delete(id);
    ending.add(entry.loop);
    await entry.loop[how]();
    ending.delete(entry.loop);
    return true;
  }

  return {
    add(target) {
      checkTarget(target);
      const { id } = target.check;
      if (targets.has(id)) throw new DuplicateTargetError('id', id);
      checkDomain(target);
      const loop = makeLoop(target);
      targets.set(id, { target, loop });
      if (isRunning) loop.start();
    },
    replace(target) {
      checkTarget(target);
      checkDomain(target);
      const entry = targets.get(target.check.id);
      if (entry === undefined)
        throw new InvalidTargetError(target.check.id, 'there is no such target to replace');
      entry.target = target;
      entry.loop.use(target);
    },
    remove: (id) => end(id, 'stop'),
    retire: (id) => end(id, 'retire'),
    list: () => Array.from(targets.values(), ({ loop }) => loop.state()),
    run() {
      if (isRunning) return;
      isRunning = true;
      stalls.start();
      for (const { loop } of targets.values()) loop.start();
      log.info({ targets: targets.size }, 'the checker runs');
    },
    async stop() {
      if (!isRunning) return;
      isRunning = false;
      stalls.stop();
      const loops = [...Array.from(targets.values(), ({ loop }) => loop), ...ending];
      // A loop that was stopped is done for; the next run needs fresh ones.
      for (const entry of targets.values()) entry.loop = makeLoop(entry.target);
      await Promise.all(loops.map((loop) => loop.stop()));
      log.info({ targets: targets.size }, 'the checker has stopped');
    },
  };
}

function checkTarget({ check: { id }, domain, intervalMs, timeoutMs }: Target): void {
  if (id === '' || domain === '') throw new InvalidTargetError(id, 'its id and its domain must not be empty');
  if (!(intervalMs >= 1 && Number.isFinite(intervalMs))) {
    throw new InvalidTargetError(id, `its interval is ${intervalMs} ms; allowed is at least 1 ms`);
  }
  if (!(timeoutMs >= 1 && timeoutMs <= intervalMs)) {
    throw new InvalidTargetError(
      id,
      `its timeout is ${timeoutMs} ms; allowed is 1 ms to the interval, ${intervalMs} ms`,
    );
  }
}
