import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A cable between a client and a server that a test can cut. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** How many connections were asked for, also while it was cut. */
  attempts(): number;
  /** Breaks every connection; new ones break at once. */
  cut(): void;
  /** Breaks every connection; new ones work. */
  hiccup(): void;
  /** Lets nothing through any more, and tells nobody. */
  stall(): void;
  /** Works again, whatever was done to it. */
  restore(): void;
}

export async function startTcpProxy(target: {
  readonly host: string;
  readonly port: number;
}): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let state: 'whole' | 'cut' | 'stalled' = 'whole';
  let attempts = 0;
  const add = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    if (state === 'stalled') socket.pause();
  };
  const server = createServer((client) => {
    attempts++;
    add(client);
    if (state === 'cut') {
      client.destroy();
      return;
    }
    const upstream = connect(target);
    add(upstream);
    client.on('data', (data) => upstream.write(data)).on('close', () => upstream.destroy());
    upstream.on('data', (data) => client.write(data)).on('close', () => client.destroy());
    if (state === 'stalled') for (const socket of [client, upstream]) socket.pause();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const hiccup = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    attempts: () => attempts,
    hiccup,
    cut() {
      state = 'cut';
      hiccup();
    },
    stall() {
      state = 'stalled';
      for (const socket of sockets) socket.pause();
    },
    restore() {
      state = 'whole';
      for (const socket of sockets) socket.resume();
    },
    async [Symbol.asyncDispose]() {
      hiccup();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
