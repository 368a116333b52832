import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface WebServer extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** How many requests are, and were at most, in its hands at once. */
  readonly most: () => number;
}

/** A server of the tests' own on loopback, that answers as it is told. */
export async function startWebServer(
  answer: (request: IncomingMessage, body: string, response: ServerResponse) => void | Promise<void>,
): Promise<WebServer> {
  let running = 0;
  let most = 0;
  const server = createServer((request, response) => {
    most = Math.max(most, ++running);
    response.once('close', () => running--);
    let body = '';
    request
      .setEncoding('utf8')
      .on('data', (piece: string) => (body += piece))
      .once('end', () => void answer(request, body, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    most: () => most,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
