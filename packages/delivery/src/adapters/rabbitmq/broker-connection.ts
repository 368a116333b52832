import { Connection, type Channel } from 'rabbitmq-client';

import { ErrQueueUnavailable } from '../../queue/errors.ts';
import { within } from '../../queue/within.ts';
import type { BrokerState } from './broker-state.ts';

/** One connection to the broker, made on first use and again whenever it broke. */
export interface BrokerConnection {
  /** Opens a channel, within `timeoutMs`. The caller closes it. @throws ErrQueueUnavailable, or the signal's reason */
  openChannel(timeoutMs: number, signal?: AbortSignal): Promise<Channel>;
  close(): Promise<void>;
}

const CLOSE_MS = 2_000;

export function openBrokerConnection(url: string, who: string, state: BrokerState): BrokerConnection {
  let connection: Connection | undefined;

  function connect(): Connection {
    const made = new Connection({
      url,
      connectionName: `daywatch ${who}`,
      // The broker is found dead after two missed beats here, four there.
      heartbeat: 10,
      connectionTimeout: 5_000,
      // Waiting is bounded by whoever asks; the library's own limit is to be out of the way.
      acquireTimeout: 60_000,
      retryLow: 100,
      retryHigh: 2_000,
    });
    // It tells of the first failure of an outage alone, and of errors of channels, which end in their callers.
    made.on('error', (error: unknown) => {
      if (!made.ready) state.lost(who, error);
    });
    made.on('connection', () => state.reached(who));
    made.on('connection.blocked', (reason: string) =>
      state.lost(who, new Error(`it takes no messages: ${reason}`)),
    );
    made.on('connection.unblocked', () => state.reached(who));
    return made;
  }

  return {
    async openChannel(timeoutMs, signal) {
      connection ??= connect();
      const acquiring = connection.acquire({ emitErrorsFromChannel: true });
      try {
        const channel = await within(acquiring, timeoutMs, 'RabbitMQ', signal);
        // A channel that breaks is noticed by its 'close'.
        channel.on('error', () => undefined);
        return channel;
      } catch (error) {
        // One that comes late is not wanted any more.
        acquiring.then((channel) => channel.close()).catch(() => undefined);
        if (signal?.aborted === true) throw signal.reason;
        throw new ErrQueueUnavailable(`RabbitMQ does not answer: ${(error as Error).message}`, {
          cause: error,
        });
      }
    },
    async close() {
      const closing = connection?.close() ?? Promise.resolve();
      await within(closing, CLOSE_MS, 'closing').catch(() => undefined);
      connection?.unsafeDestroy();
    },
  };
}

/** Closes a channel without waiting long: where the broker is stuck, the connection takes it along. */
export async function closeChannel(channel: Channel): Promise<void> {
  await within(channel.close(), CLOSE_MS, 'closing').catch(() => undefined);
}
