import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createNetServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { TEST_CERTIFICATE, TEST_KEY } from './test-certificate.ts';

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A TLS connection begins with a handshake record. */
const TLS_HANDSHAKE = 22;

/** A port of the loopback, for HTTP and HTTPS alike, that can go silent and come back as the same. */
export class Listener {
  readonly #sockets = new Set<Socket>();
  readonly #accept: (socket: Socket) => void;
  #server: Server | undefined;
  #port: number;

  constructor(port: number, handle: Handle) {
    this.#port = port;
    const answer = (request: IncomingMessage, response: ServerResponse): void => {
      response.setHeader('x-test-api-server', 'daywatch: for tests alone');
      void handle(request, response);
    };
    // A watch is one long answer, so nothing here may be in a hurry.
    const options = { requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 60_000 };
    const plain = createHttpServer(options, answer);
    const secure = createHttpsServer({ ...options, key: TEST_KEY, cert: TEST_CERTIFICATE }, answer);
    this.#accept = (socket) => {
      socket.once('readable', () => {
        const first = socket.read() as Buffer | null;
        if (first === null) return;
        socket.unshift(first);
        (first[0] === TLS_HANDSHAKE ? secure : plain).emit('connection', socket);
      });
    };
  }

  get port(): number {
    return this.#port;
  }

  /** @throws Error of node:net when the port is taken */
  async open(): Promise<void> {
    if (this.#server !== undefined) return;
    const server = createNetServer({ noDelay: true }, (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      // A client that goes is no failure of the server.
      socket.on('error', () => socket.destroy());
      this.#accept(socket);
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
