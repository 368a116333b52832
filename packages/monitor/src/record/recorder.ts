import type { CheckerLog } from '../checker/checker.ts';
import type { Clock } from '../checker/clock.ts';
import type { Finding } from './finding.ts';
import type { WriteFindings } from './finding-writer.ts';
import { RecorderCounts, type DropReason } from './recorder-counts.ts';
import type { Spool } from './spool.ts';
import { createWaiter, type Waiter } from './waiter.ts';

export interface RecorderOptions {
  readonly clock: Clock;
  readonly write: WriteFindings;
  readonly spool: Spool;
  /** Whether an error says that these very findings can never be stored, and not that the store is away. */
  readonly isHopeless: (error: unknown) => boolean;
  readonly log: CheckerLog;
}

/** Findings of so long go into one transaction: each costs about the same whatever is in it. */
const GROUP_MS = 200;
const MAX_GROUP = 500;
/** A database that takes longer is away: what waits for it goes to the disk. Shorter than most intervals. */
const PATIENCE_MS = 700;
/** What comes from the spool may wait longer: it is safe there. The database gives a statement up earlier. */
const SPOOL_PATIENCE_MS = 20_000;
const RETRY_MS = 500;
/** More than this only waits where the disk itself hangs. */
const MAX_WAITING = 50_000;
const TELL_DROPS_EVERY_MS = 10_000;

/**
 * Sees to it that findings are written, in groups, and kept on the disk while the database is away.
 *
 *     direct --a write failed, or took too long--> spooling: what comes goes to the spool,
 *        ^                                              |     and from there to the database, the oldest first
 *        '-------------- the spool is empty ------------'
 *
 * A group whose outcome is not known goes to the spool too: the stores know what they have.
 */
export class Recorder {
  readonly counts = new RecorderCounts();
  readonly #options: RecorderOptions;
  readonly #waiter: Waiter;
  #queue: Finding[] = [];
  /** The spool may hold something from before. */
  #isSpooling = true;
  #trouble: string | undefined;
  /** Kinds of errors that were told since it began: a database that is slow may turn out to have no room left. */
  readonly #toldTroubles = new Set<string>();
  #work: Promise<void> = Promise.resolve();
  #toldDropsMs = -Infinity;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#waiter = createWaiter(options.clock);
  }

  /** Takes a finding, to be written soon and together with others. */
  take(finding: Finding): void {
    if (this.#queue.length >= MAX_WAITING) {
      this.#giveUp('queue_full', 1);
      return;
    }
    this.#queue.push(finding);
    this.#waiter.wake();
  }

  /** Why findings cannot be written at the moment, or undefined. */
  trouble(): string | undefined {
    return this.#trouble;
  }

  /** Begins to write, with what the spool still holds first. */
  start(): void {
    this.#work = this.#run();
  }

  /** Writes what was taken; what that takes longer for than `drainMs` is put into the spool. */
  async stop(drainMs: number): Promise<void> {
    this.#waiter.end(drainMs);
    await this.#work;
  }

  async #run(): Promise<void> {
    while (!this.#waiter.hasEnded || this.#queue.length > 0) {
      if (this.#isSpooling) await this.#writeThroughSpool();
      else await this.#writeDirectly();
    }
  }

  async #writeDirectly(): Promise<void> {
    if (this.#queue.length === 0) await this.#waiter.untilWoken();
    await this.#waiter.pause(GROUP_MS);
    const group = this.#queue.splice(0, MAX_GROUP);
    if (group.length === 0) return;
    try {
      await this.#write(group, PATIENCE_MS);
    } catch (error) {
      this.#beAway(error);
      await this.#keep(group);
    }
  }

  /** Both at once: what comes does not wait for a database that is away. */
  async #writeThroughSpool(): Promise<void> {
    const drained = new AbortController();
    const draining = this.#drainSpool().finally(() => drained.abort());
    do {
      await this.#keep(this.#queue.splice(0));
      await this.#waiter.pause(GROUP_MS);
    } while (!drained.signal.aborted && !this.#waiter.hasEnded);
    await draining;
    if (this.#waiter.hasEnded) await this.#keep(this.#queue.splice(0));
    // What came in last stands behind what was kept, in the spool or in the queue.
    this.#isSpooling = this.#options.spool.usage().findings > 0;
  }

  async #drainSpool(): Promise<void> {
    const { spool } = this.#options;
    while (!this.#waiter.hasEnded) {
      try {
        const oldest = await spool.peek(MAX_GROUP);
        if (oldest.length === 0) return;
        await this.#write(oldest, SPOOL_PATIENCE_MS);
        await spool.drop(oldest.length);
        this.#beBack();
      } catch (error) {
        this.#beAway(error);
        await this.#waiter.pause(RETRY_MS);
      }
    }
  }

  /** One finding that can never be stored harms no other: then each is written by itself. */
  async #write(group: readonly Finding[], patienceMs: number): Promise<void> {
    try {
      await this.#writeInTime(group, patienceMs);
    } catch (error) {
      if (!this.#options.isHopeless(error)) throw error;
      if (group.length > 1) {
        for (const finding of group) await this.#write([finding], patienceMs);
        return;
      }
      this.#giveUp('refused', 1, error);
    }
  }

  async #writeInTime(group: readonly Finding[], patienceMs: number): Promise<void> {
    const { clock, write } = this.#options;
    const begunMs = clock.elapsed();
    const outcome = await this.#waiter.atMost(patienceMs, () => write(group));
    this.counts.countWritten(group.length, outcome, clock.elapsed() - begunMs);
  }

  async #keep(group: readonly Finding[]): Promise<void> {
    if (group.length === 0) return;
    let kept = 0;
    let failure: unknown;
    try {
      kept = await this.#options.spool.append(group);
    } catch (error) {
      failure = error;
    }
    if (kept < group.length) this.#giveUp('spool_full', group.length - kept, failure);
  }

  #beAway(error: unknown): void {
    this.#isSpooling = true;
    const reason = error instanceof Error ? error.message : String(error);
    const kind = kindOf(error);
    if (!this.#toldTroubles.has(kind)) {
      this.#options.log.warn({ reason }, 'readings cannot be written to the database: the disk keeps them');
    }
    this.#toldTroubles.add(kind);
    this.#trouble = reason;
  }

  #beBack(): void {
    if (this.#trouble === undefined) return;
    this.#trouble = undefined;
    this.#toldTroubles.clear();
    const { log, spool } = this.#options;
    log.info({ waiting: spool.usage().findings }, 'readings can be written to the database again');
  }

  #giveUp(reason: DropReason, count: number, error?: unknown): void {
    this.counts.countDropped(reason, count);
    const { clock, log } = this.#options;
    if (clock.elapsed() - this.#toldDropsMs < TELL_DROPS_EVERY_MS) return;
    this.#toldDropsMs = clock.elapsed();
    const fields = {
      reason,
      dropped: this.counts.dropped(reason),
      ...(error === undefined ? {} : { err: error }),
    };
    log.warn(fields, 'readings were dropped: they could not be kept');
  }
}

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
