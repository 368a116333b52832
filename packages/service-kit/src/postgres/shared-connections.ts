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
    const connecting = client.connect().then(
      () => {
        slot.isOpen = true;
        return client;
      },
      (error: unknown) => {
        forget(slot, connecting);
        throw connectionFailure(error);
      },
    );
    client.on('error', (error) => {
      forget(slot, connecting);
      if (slot.inUse === 0) onError(error);
    });
    client.on('end', () => forget(slot, connecting));
    return connecting;
  }

  return {
    async lend(work) {
      const slot = slots.reduce((best, each) => (each.inUse < best.inUse ? each : best));
      slot.inUse++;
      const connection = (slot.client ??= connect(slot));
      try {
        const client = await connection;
        sendTogether(client);
        return await work(client);
      } catch (error) {
        if (error instanceof DatabaseUnavailableError && error.reason === 'lost') forget(slot, connection);
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

/** A connection that broke is told of by each who used it: its successor may be there by then, and stays. */
function forget(slot: Slot, connection: Promise<Client>): void {
  if (slot.client !== connection) return;
  slot.client = undefined;
  slot.isOpen = false;
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
