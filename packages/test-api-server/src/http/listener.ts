import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Certificate } from './self-signed.ts';

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A port of the loopback that can go silent and come back as the same. */
export class Listener {
  readonly #handle: Handle;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  readonly #certificate: Certificate | undefined;
  #port: number;

  /** @param certificate without one it speaks plain HTTP */
  constructor(port: number, certificate: Certificate | undefined, handle: Handle) {
    this.#port = port;
    this.#certificate = certificate;
    this.#handle = handle;
  }

  get port(): number {
    return this.#port;
  }

  /** @throws Error of node:net when the port is taken */
  async open(): Promise<void> {
    if (this.#server !== undefined) return;
    // A watch is one long answer, so nothing here may be in a hurry.
    const timeouts = { requestTimeout: 0, keepAliveTimeout: 60_000 };
    const answer = (request: IncomingMessage, response: ServerResponse): void => {
      response.setHeader('x-test-api-server', 'daywatch: for tests alone');
      void this.#handle(request, response);
    };
    const server =
      this.#certificate === undefined
        ? createServer(timeouts, answer)
        : createSecureServer({ ...this.#certificate, ...timeouts }, answer);
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
    this.#port = (server.address() as AddressInfo).port;
  }

  /** Cuts every connection; new ones are still taken. */
  dropConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Cuts every connection and refuses new ones. */
  async close(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    this.dropConnections();
    await closed;
  }
}
