import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import { createServer as createNetServer, type AddressInfo, type Server, type Socket } from 'node:net';

export interface TestServer extends AsyncDisposable {
  readonly port: number;
  /** On 127.0.0.1, without a path. */
  readonly url: string;
  /** How many connections were made to it. */
  readonly connections: () => number;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

export function startHttp(listener: Listener): Promise<TestServer> {
  return start(
    createHttpServer((request, response) => void listener(request, response)),
    'http',
  );
}

export interface TlsTestServer extends TestServer {
  /** Shows another certificate on every connection from now on; those that are open stay. */
  readonly renew: (options: ServerOptions) => void;
}

export async function startHttps(options: ServerOptions, listener: Listener): Promise<TlsTestServer> {
  const server = createHttpsServer(options, (request, response) => void listener(request, response));
  return { ...(await start(server, 'https')), renew: (renewed) => server.setSecureContext(renewed) };
}

/** A server that speaks whatever the test makes it speak. */
export function startRaw(onConnection: (socket: Socket) => void, scheme = 'http'): Promise<TestServer> {
  return start(createNetServer(onConnection), scheme);
}

async function start(server: Server, scheme: string): Promise<TestServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `${scheme}://127.0.0.1:${port}`,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
