import { createHttpServer, createLimiter, listenOnePort } from '../../src/listen/index.ts';
import type { HttpServerOptions, Listener, ListenOptions } from '../../src/listen/index.ts';
import { silentLog } from '../../src/log/index.ts';
import { createRegistry, createRequestMetrics } from '../../src/metrics/index.ts';

export type HttpApp = ReturnType<typeof createHttpServer>;

/** An HTTP server as processes make it, with small limits where a test asks for them. */
export function makeHttp(options: Partial<HttpServerOptions> = {}): HttpApp {
  return createHttpServer({
    log: silentLog(),
    metrics: createRequestMetrics(createRegistry()),
    limiter: createLimiter({ maxRunning: 256, maxWaiting: 4096 }),
    allowedHosts: [],
    maxBodyBytes: 1024,
    requestTimeoutMs: 10_000,
    ...options,
  });
}

export interface RunningApi extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly listener: Listener;
}

/** Listens on a free port of loopback until it is disposed of. */
export async function listen(app: HttpApp, options: Partial<ListenOptions> = {}): Promise<RunningApi> {
  await app.ready();
  const listener = await listenOnePort({
    host: '127.0.0.1',
    port: 0,
    httpServer: app.server,
    logger: silentLog().logger,
    ...options,
  });
  return {
    url: `http://127.0.0.1:${listener.port}`,
    port: listener.port,
    listener,
    [Symbol.asyncDispose]: async () => {
      await listener.close(0);
      await app.close();
    },
  };
}
