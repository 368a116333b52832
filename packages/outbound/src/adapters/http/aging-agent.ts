import { Agent, type AgentOptions } from 'node:https';
import type { Duplex } from 'node:stream';

/**
 * An agent that keeps no TLS connection for ever. A server shows its certificate once for each: on one that never ends,
 * a certificate that was renewed since would seem to run out, and a new one that is broken to be well.
 */
export class AgingAgent extends Agent {
  readonly #maxAgeMs: number;
  readonly #openedMs = new WeakMap<Duplex, number>();

  constructor(options: AgentOptions, maxAgeMs: number) {
    super(options);
    this.#maxAgeMs = maxAgeMs;
  }

  override createConnection(...args: Parameters<Agent['createConnection']>): Duplex | null | undefined {
    const socket = super.createConnection(...args);
    if (socket) this.#openedMs.set(socket, performance.now());
    return socket;
  }

  /** @returns whether the next request may go over it */
  override keepSocketAlive(socket: Duplex): boolean {
    const ageMs = performance.now() - (this.#openedMs.get(socket) ?? 0);
    if (ageMs >= this.#maxAgeMs) return false;
    // Node's types say void; what it answers tells whether the server, too, will keep the connection.
    return super.keepSocketAlive(socket) as unknown as boolean;
  }
}
