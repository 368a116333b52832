import type { Queries } from '@daywatch/service-kit/postgres';

import { Handling } from '../../queue/handling.ts';
import type { MessageHandler } from '../../queue/message.ts';
import type { ConsumeOptions, Subscription } from '../../queue/message-queue.ts';
import type { QueueSettings } from '../../queue/queue-options.ts';
import { within } from '../../queue/within.ts';
import type { Bell } from './bell.ts';
import { Leases } from './leases.ts';
import { takeMessages, type TakenRow } from './sql/take.ts';

export interface Source {
  readonly db: Queries;
  readonly settings: QueueSettings;
  readonly leaseMs: number;
  readonly pollMs: number;
  /** Rung by the publisher of this process, so that its messages need not wait for the next poll. */
  readonly bell: Bell;
}

const DEFAULT_DRAIN_MS = 10_000;
const AWAY_MS = 250;
const CONCLUDE_MS = 2_000;

/** Takes messages by polling, which costs one small statement per `pollMs` when idle. */
export function subscribe(source: Source, handler: MessageHandler, options: ConsumeOptions): Subscription {
  const { db, settings, leaseMs, pollMs, bell } = source;
  const handling = new Handling(handler, options, settings);
  const leases = new Leases(db, settings.name, leaseMs);
  const stopping = new AbortController();
  const extending = setInterval(() => void leases.extend(), leaseMs / 3);
  const room = (): number => handling.prefetch - handling.size;
  // Taking one message whenever one is done would cost a statement for each.
  const worthwhile = Math.max(1, Math.floor(handling.prefetch / 4));
  const running = run();
  let closing: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      if (room() < worthwhile) await bell.wait(pollMs);
      const waitMs = room() > 0 ? await takeSome(room()) : 0;
      if (waitMs > 0) await bell.wait(waitMs);
    }
  }

  /** @returns how long to wait before there may be more */
  async function takeSome(count: number): Promise<number> {
    const askedAtMs = performance.now();
    let rows: readonly TakenRow[];
    try {
      rows = await db.query(
        takeMessages,
        [settings.name, count, leaseMs, settings.maxMessageBytes],
        stopping.signal,
      );
    } catch {
      // The log of the connections says so, once.
      return AWAY_MS;
    }
    for (const row of rows.toSorted((a, b) => a.seq - b.seq)) void handle(row, askedAtMs);
    return rows.length < count ? pollMs : 0;
  }

  async function handle(row: TakenRow, askedAtMs: number): Promise<void> {
    const lease = leases.hold(row, askedAtMs);
    if (stopping.signal.aborted) lease.controller.abort(new Error('the subscription is closed'));
    const received = {
      id: row.message_id,
      body: row.body ?? undefined,
      sizeBytes: row.size_bytes,
      deliveries: row.deliveries,
    };
    await handling.handle(received, (settlement) => leases.conclude(lease, settlement), lease.controller);
    if (room() >= worthwhile) bell.ring();
  }

  async function close(drainMs: number): Promise<void> {
    stopping.abort();
    bell.ring();
    await running;
    // Where the database is away the last statements are not waited for: the leases run out by themselves.
    await within(handling.drain(drainMs), drainMs + CONCLUDE_MS, 'draining').catch(() => undefined);
    clearInterval(extending);
  }
  const closeOnce = (drainMs = DEFAULT_DRAIN_MS): Promise<void> => (closing ??= close(drainMs));
  return { inFlight: () => handling.size, close: closeOnce, [Symbol.asyncDispose]: () => closeOnce() };
}
