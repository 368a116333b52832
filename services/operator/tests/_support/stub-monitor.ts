import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReportedTarget {
  readonly id: string;
  readonly state: 'pass' | 'warn' | 'fail' | 'unknown';
  readonly reason?: string;
  readonly checker?: string;
}

interface ReportedAnswer {
  readonly id: string;
  readonly state: ReportedTarget['state'];
  readonly reason: string | null;
  readonly since: string;
  readonly last_check: { readonly timestamp: string; readonly duration_ms: number };
  readonly checker: string | null;
  readonly [field: string]: unknown;
}

/** Stands where the restapi of an installation would be, and answers in its words. */
export interface StubMonitor extends AsyncDisposable {
  readonly url: string;
  readonly report: (target: ReportedTarget) => void;
  /** In the words of its answer. */
  readonly lastReported: () => ReportedAnswer | undefined;
  /** How often it was asked. */
  readonly asked: () => number;
  /** What it was asked with, last. */
  readonly lastAuthorization: () => string | undefined;
}

export async function startStubMonitor(): Promise<StubMonitor> {
  const targets = new Map<string, ReportedAnswer>();
  let lastReported: ReportedAnswer | undefined;
  let last: IncomingMessage | undefined;
  let asked = 0;
  const server = createServer((request, response) => {
    last = request;
    asked++;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify([...targets.values()]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    report: ({ id, state, reason, checker }) => {
      const timestamp = new Date().toISOString();
      lastReported = {
        id,
        domain: id,
        kind: 'prometheus',
        url: 'http://somewhere.example',
        interval_ms: 5000,
        timeout_ms: 3000,
        state,
        reason: reason ?? null,
        since: timestamp,
        last_check: { timestamp, duration_ms: 1 },
        last_scrape: null,
        last_error: reason === undefined ? null : { timestamp, message: reason },
        checker: checker ?? null,
      };
      targets.set(id, lastReported);
    },
    lastReported: () => lastReported,
    asked: () => asked,
    lastAuthorization: () => last?.headers.authorization,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
