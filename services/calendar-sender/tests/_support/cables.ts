import { startTcpProxy, type TcpProxy } from '../../../../tests/_support/tcp-proxy.ts';
import type { Environment } from '../../../../tests/_support/worker-process.ts';

/** What lies between a process and those that it needs, to be cut. */
export interface Cables extends AsyncDisposable {
  readonly database: TcpProxy;
  /** Undefined where a table of the database is the queue. */
  readonly broker: TcpProxy | undefined;
  /** As given, but through the cables. */
  readonly env: Environment;
}

export async function openCables(env: Environment): Promise<Cables> {
  const stack = new AsyncDisposableStack();
  const open = async (key: string): Promise<readonly [TcpProxy, Environment] | undefined> => {
    const url = env[key];
    if (url === undefined) return undefined;
    const through = new URL(url);
    const cable = stack.use(await startTcpProxy({ host: through.hostname, port: Number(through.port) }));
    through.hostname = '127.0.0.1';
    through.port = String(cable.port);
    return [cable, { [key]: through.href }];
  };
  const database = await open('DAYWATCH_STORAGE_DSN');
  if (!database) throw new Error('the environment names no database');
  const broker = await open('DAYWATCH_QUEUE_URL');
  return {
    database: database[0],
    broker: broker?.[0],
    env: { ...env, ...database[1], ...broker?.[1] },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
