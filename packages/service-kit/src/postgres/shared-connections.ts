import { Client, type ClientConfig } from 'pg';
import { connectionFailure, DatabaseUnavailableError } from './errors.ts';

/** A few connections that many callers use at the same time, their statements one behind the other. */
export interface SharedConnections {
  /** Lends the connection with the shortest queue; it is made where there is none. */
  lend<T>(work: (client: Client) => Promise<T>): Promise<T>;
  /** How many connections are open. */
  open(): number;
  /** Callers must be done by then. */
  close(): Promise<void>;
}

/** One place for a connection, which is made on first use, and anew after it broke. */
interface Slot {
  client: Promise<Client> | undefined;
  inUse: number;
  isOpen: boolean;
}

/**
 * Statements that are sent together share system calls, here and at the server: with eight callers that
 * halves the CPU time of a small read. What a statement waits for, all behind it wait for too, so only quick reads may come here.
 * @param onError told when a connection breaks while nobody uses it.
 */
export function openSharedConnections(
  config: ClientConfig,
  count: number,
  onError: (error: Error) => void,
): SharedConnections {
  const slots: Slot[] = Array.from({ length: count }, () => ({ client: undefined, inUse: 0, isOpen: false }));

  function connect(slot: Slot): Promise<Client> {
    const client = new Client(config);
    const forget = (): void => {
      slot.isOpen = false;
      slot.client = undefined;
    };
    client.on('error', (error) => {
      forget();
      if (slot.inUse === 0) onError(error);
    });
    client.on('end', forget);
    return client.connect().then(
      () => {
        slot.isOpen = true;
        return client;
      },
      (error: unknown) => {
        forget();
        throw connectionFailure(error);
      },
    );
  }

  return {
    async lend(work) {
      const slot = slots.reduce((best, each) => (each.inUse < best.inUse ? each : best));
      slot.inUse++;
      try {
        slot.client ??= connect(slot);
        const client = await slot.client;
        sendTogether(client);
        return await work(client);
      } catch (error) {
        if (error instanceof DatabaseUnavailableError && error.reason === 'lost') slot.client = undefined;
        throw error;
      } finally {
        slot.inUse--;
      }
    },
    open: () => slots.filter(({ isOpen }) => isOpen).length,
    async close() {
      await Promise.all(slots.map(async ({ client }) => (await client?.catch(() => undefined))?.end()));
    },
  };
}

interface Corkable {
  readonly stream: { cork(): void; uncork(): void; readonly writableCorked: number };
}

/** Holds what is written back until the callers of this turn of the event loop have written theirs. */
function sendTogether(client: Client): void {
  const { stream } = (client as unknown as { readonly connection: Corkable }).connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  setImmediate(() => stream.uncork());
}
