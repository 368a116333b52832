import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to a database that can be shut and opened again; shut at first. */
export interface DatabaseGateway extends AsyncDisposable {
  /** Leads to the database through the gateway. */
  readonly dsn: string;
  readonly open: () => Promise<void>;
  /** Cuts every connection. */
  readonly shut: () => Promise<void>;
}

export async function createGateway(dsn: string): Promise<DatabaseGateway> {
  const target = new URL(dsn);
  const port = await findFreePort();
  const through = new URL(dsn);
  through.hostname = '127.0.0.1';
  through.port = String(port);
  const sockets = new Set<Socket>();
  let server: Server | undefined;

  const join = (socket: Socket): void => {
    const onward = connect(Number(target.port), target.hostname);
    for (const side of [socket, onward]) {
      sockets.add(side);
      side.on('close', () => sockets.delete(side)).on('error', () => {});
    }
    socket.pipe(onward).pipe(socket);
    socket.on('close', () => onward.destroy());
    onward.on('close', () => socket.destroy());
  };
  const shut = async (): Promise<void> => {
    const closing = server;
    server = undefined;
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => {
      if (closing) closing.close(() => resolve());
      else resolve();
    });
  };
  return {
    dsn: through.href,
    open: async () => {
      server = createServer(join);
      await listen(server, port);
    },
    shut,
    [Symbol.asyncDispose]: shut,
  };
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
}
