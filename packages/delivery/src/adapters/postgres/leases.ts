import type { Queries } from '@daywatch/service-kit/postgres';

import type { Settlement } from '../../queue/settle-message.ts';
import { buryMessages, finishMessages } from './sql/finish.ts';
import { extendLeases, releaseMessages } from './sql/lease.ts';
import type { TakenRow } from './sql/take.ts';

/** A message that this process holds. */
export interface Lease {
  readonly row: TakenRow;
  readonly controller: AbortController;
  /** Until then it is surely ours, on the clock of `performance.now()`. */
  untilMs: number;
}

/**
 * The leases of one subscription. They are extended as long as their messages are handled, and concluded in batches:
 * those that end in one turn of the event loop, or while a statement runs, go together.
 */
export class Leases {
  readonly #db: Queries;
  readonly #queue: string;
  readonly #leaseMs: number;
  readonly #held = new Set<Lease>();
  #concluding: { readonly lease: Lease; readonly settlement: Settlement; readonly done: () => void }[] = [];
  #isFlushing = false;

  constructor(db: Queries, queue: string, leaseMs: number) {
    this.#db = db;
    this.#queue = queue;
    this.#leaseMs = leaseMs;
  }

  /** @param askedAtMs when the message was asked for, on the clock of `performance.now()` */
  hold(row: TakenRow, askedAtMs: number): Lease {
    const lease = { row, controller: new AbortController(), untilMs: askedAtMs + this.#leaseMs };
    this.#held.add(lease);
    return lease;
  }

  /** Does not fail: where the database is away, the lease runs out, and the message is handed out again. */
  async conclude(lease: Lease, settlement: Settlement): Promise<void> {
    this.#held.delete(lease);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#concluding.push({ lease, settlement, done: resolve });
    if (!this.#isFlushing) void this.#flush();
    await promise;
  }

  /** Extends every lease, and aborts those that are lost. */
  async extend(): Promise<void> {
    const leases = [...this.#held];
    if (leases.length === 0) return;
    const askedAtMs = performance.now();
    try {
      const rows = await this.#db.query(extendLeases, [...this.#name(leases), this.#leaseMs]);
      const ours = new Set(rows.map(({ seq }) => seq));
      for (const lease of leases) {
        if (ours.has(lease.row.seq)) lease.untilMs = askedAtMs + this.#leaseMs;
        else if (this.#held.has(lease)) lose(lease);
      }
    } catch {
      // The log of the connection says that the database is away.
      const nowMs = performance.now();
      for (const lease of leases) if (lease.untilMs <= nowMs) lose(lease);
    }
  }

  async #flush(): Promise<void> {
    this.#isFlushing = true;
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#concluding.length > 0) {
      const batch = this.#concluding;
      this.#concluding = [];
      await this.#write(batch).catch(() => undefined);
      for (const { done } of batch) done();
    }
    this.#isFlushing = false;
  }

  async #write(batch: readonly { readonly lease: Lease; readonly settlement: Settlement }[]): Promise<void> {
    const of = (kind: Settlement['kind']): readonly Lease[] =>
      batch.filter(({ settlement }) => settlement.kind === kind).map(({ lease }) => lease);
    const reasons = batch.flatMap(({ settlement }) =>
      settlement.kind === 'dead-letter' ? [settlement.reason] : [],
    );
    const [done, dead, released] = [of('done'), of('dead-letter'), of('release')];
    await Promise.all([
      done.length > 0 && this.#db.query(finishMessages, this.#name(done)),
      dead.length > 0 && this.#db.query(buryMessages, [...this.#name(dead), reasons]),
      released.length > 0 && this.#db.query(releaseMessages, this.#name(released)),
    ]);
  }

  #name(leases: readonly Lease[]): [string, readonly number[], readonly number[]] {
    return [this.#queue, leases.map(({ row }) => row.seq), leases.map(({ row }) => row.deliveries)];
  }
}

function lose({ controller }: Lease): void {
  controller.abort(new Error('the lease has run out: the message will be handed out again'));
}
