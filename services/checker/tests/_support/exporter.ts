import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A target on a free port of loopback. */
export interface Exporter extends AsyncDisposable {
  readonly url: string;
  /** When it was asked for metrics, in milliseconds since 1970. */
  readonly scrapes: readonly number[];
}

/** Serves metrics as `text` says, and a health that passes; `listener` may answer instead, by returning true. */
export async function startExporter(
  text: () => string,
  listener: (...args: Parameters<RequestListener>) => boolean = () => false,
): Promise<Exporter> {
  const scrapes: number[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/metrics') scrapes.push(Date.now());
    if (listener(request, response)) return;
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    response.end(request.url === '/metrics' ? text() : '{"status":"pass"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    scrapes,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A target in the configuration: quick, and without health of its own unless it says so. */
export function entry(name: string, url: string, options: object = {}): object {
  return { name, domain: name, url, interval: '1s', timeout: '1s', health_path: 'none', ...options };
}
