import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
  type Socket,
} from 'node:net';
import { gzipSync } from 'node:zlib';

/** Targets that misbehave, each in a way of its own. */
export interface BadTargets extends AsyncDisposable {
  readonly urls: Readonly<Record<BadKind, string>>;
}

export const BAD_KINDS = [
  'hanging',
  'slow',
  'redirecting',
  'endless',
  'bombing',
  'huge',
  'garbage',
  'html',
  'closing',
  'no-tls',
] as const;
export type BadKind = (typeof BAD_KINDS)[number];

export async function startBadTargets(): Promise<BadTargets> {
  const servers: (Server | TcpServer)[] = [];
  const sockets = new Set<Socket>();
  const listen = async (server: Server | TcpServer, scheme = 'http'): Promise<string> => {
    servers.push(server);
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const http = (listener: RequestListener): Promise<string> => listen(createHttpServer(listener));
  const tcp = (onConnection: (socket: Socket) => void): Promise<string> =>
    listen(createTcpServer(onConnection));
  const text = { 'content-type': 'text/plain' } as const;
  const bomb = gzipSync(Buffer.alloc(200_000_000, '#'));
  const hundredMegabytes = Buffer.alloc(1_000_000, 'some_metric_of_a_huge_target 1\n');
  const urls = {
    hanging: await http(() => undefined),
    slow: await http((_, response) => {
      response.writeHead(200, text);
      const timer = setInterval(() => response.write('# slow\n'), 50);
      response.on('close', () => clearInterval(timer));
    }),
    redirecting: await http((_, response) => response.writeHead(302, { location: '/again' }).end()),
    endless: await http((_, response) => {
      response.writeHead(200, text);
      writeForEver(response, Buffer.alloc(65_536, '# endless\n'));
    }),
    bombing: await http((_, response) =>
      response.writeHead(200, { ...text, 'content-encoding': 'gzip' }).end(bomb),
    ),
    huge: await http((_, response) => {
      response.writeHead(200, { ...text, 'content-length': 100 * hundredMegabytes.length });
      writeForEver(response, hundredMegabytes);
    }),
    garbage: await tcp((socket) => socket.end('\u0000\u0001 this is no HTTP\r\n\r\n')),
    html: await http((_, response) => response.writeHead(200, text).end('<html>\n')),
    closing: await tcp((socket) => socket.destroy()),
    'no-tls': (await http((_, response) => response.end('a 1\n'))).replace('http:', 'https:'),
  };
  return {
    urls,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

function writeForEver(response: Parameters<RequestListener>[1], chunk: Buffer): void {
  const more = (): void => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more).on('error', () => undefined);
  more();
}
