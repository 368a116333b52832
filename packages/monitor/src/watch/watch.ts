import type { CheckRun } from '../checker/check-run.ts';
import type { Checker } from '../checker/checker.ts';
import type { Target } from '../checker/target.ts';
import type { Finding } from '../record/finding.ts';
import { TargetRecorder } from '../record/target-recorder.ts';
import { describeTarget } from '../target/describe-target.ts';
import type { LeaseGrant } from '../target/target-leases.ts';
import type { TargetSettings } from '../target/target-settings.ts';
import { LeaseKeeper, type LeaseKeeperOptions } from './lease-keeper.ts';

export interface WatchOptions extends Omit<LeaseKeeperOptions, 'onGrant'> {
  readonly makeTarget: (settings: TargetSettings) => Target;
  /** Makes what checks the targets. */
  readonly makeChecker: (parts: CheckerParts) => Checker;
  /** Takes what is to be written. */
  readonly take: (finding: Finding) => void;
}

export interface CheckerParts {
  readonly record: (run: CheckRun) => void;
  readonly mayBegin: () => boolean;
}

interface Watched {
  settings: TargetSettings;
  readonly recorder: TargetRecorder;
}

/**
 * Watches those of the configured targets that are this checker's share.
 *
 *     configured --granted--> watched --given up, ended, or changed in what its series are--> leaving --> configured, or gone
 *                                |--another checker has it--> leaving (what runs is broken off)
 */
export class Watch {
  readonly checker: Checker;
  readonly #options: WatchOptions;
  readonly #lease: LeaseKeeper;
  /** By id: what is watched by this checker, what is leaving included. */
  readonly #watched = new Map<string, Watched>();
  /** By id: what must have ended before the target may be watched again. */
  readonly #leaving = new Map<string, Promise<void>>();
  #settings: ReadonlyMap<string, TargetSettings> = new Map();
  #held: ReadonlySet<string> = new Set();
  #hasStopped = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#lease = new LeaseKeeper({ ...options, onGrant: (grant) => this.#apply(grant) });
    this.checker = options.makeChecker({
      record: (run) => this.#record(run),
      mayBegin: () => this.#lease.isHeld(),
    });
  }

  /** How many targets are configured, and how many of them this checker watches. */
  count(): { readonly configured: number; readonly watched: number } {
    return { configured: this.#settings.size, watched: this.#watched.size };
  }

  /** Watches these targets from now on. Those that are as before are not touched; others change without a gap. */
  use(list: readonly TargetSettings[]): void {
    this.#settings = new Map(list.map((settings) => [settings.id, settings]));
    for (const [id, watched] of this.#watched) {
      const settings = this.#settings.get(id);
      if (settings === undefined || !hasSameSeries(settings, watched.settings)) this.#end(id);
    }
    for (const [id, watched] of this.#watched) {
      const settings = this.#settings.get(id);
      if (settings && !this.#leaving.has(id) && !isSame(settings, watched.settings)) {
        watched.settings = settings;
        this.checker.replace(this.#options.makeTarget(settings));
      }
    }
    this.#lease.announce(list.map(describeTarget));
  }

  /** Asks for this checker's share, and begins to check it. */
  start(): void {
    this.checker.run();
    this.#lease.start();
  }

  /** Resolves when nothing runs any more; the targets are free for others then. */
  async stop(drainMs: number): Promise<void> {
    this.#hasStopped = true;
    await this.checker.stop();
    await this.#lease.stop(drainMs);
  }

  #apply({ held, surplus }: LeaseGrant): void {
    this.#held = held;
    for (const id of this.#watched.keys()) if (!held.has(id) && this.#settings.has(id)) this.#lose(id);
    for (const id of surplus) this.#giveUp(id);
    this.#adopt();
  }

  /** Begins to watch what is this checker's and not watched yet. */
  #adopt(): void {
    if (this.#hasStopped) return;
    for (const id of this.#held) {
      const settings = this.#settings.get(id);
      if (settings === undefined || this.#watched.has(id) || this.#leaving.has(id)) continue;
      this.#watched.set(id, { settings, recorder: new TargetRecorder(settings) });
      this.checker.add(this.#options.makeTarget(settings));
    }
  }

  #lose(id: string): void {
    this.#leave(id, async () => {
      this.#options.log.warn({ target: id }, 'another checker has the target now');
      this.#watched.delete(id);
      await this.checker.remove(id);
    });
  }

  /** Lets the check that runs come to its end, and frees the target for another checker. */
  #giveUp(id: string): void {
    this.#leave(id, async () => {
      await this.checker.retire(id);
      this.#watched.delete(id);
      if (!this.#hasStopped) await this.#lease.release(id);
      // A grant from before still names it.
      this.#held = new Set([...this.#held].filter((held) => held !== id));
    });
  }

  /** Its series end, and begin anew where the target only changes. */
  #end(id: string): void {
    this.#leave(id, async () => {
      const recorder = this.#watched.get(id)?.recorder;
      await this.checker.retire(id);
      this.#watched.delete(id);
      if (recorder) this.#options.take(recorder.end(Math.round(this.#options.clock.now())));
    });
  }

  #leave(id: string, end: () => Promise<void>): void {
    if (this.#leaving.has(id)) return;
    const ending = end().then(() => {
      this.#leaving.delete(id);
      this.#adopt();
    });
    this.#leaving.set(id, ending);
  }

  #record(run: CheckRun): void {
    const watched = this.#watched.get(run.targetId);
    if (watched) this.#options.take(watched.recorder.record(run));
  }
}

/** Whether what a target exposes would be stored as the same series, and under the same name. */
function hasSameSeries(a: TargetSettings, b: TargetSettings): boolean {
  const shape = (settings: TargetSettings): unknown => [
    settings.kind,
    settings.domain,
    settings.labels,
    settings.kind === 'prometheus' && [settings.honorsLabels, settings.honorsTimestamps],
  ];
  return isSame(shape(a), shape(b));
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
