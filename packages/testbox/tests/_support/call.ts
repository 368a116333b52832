import type { Target } from '../../src/index.ts';
import { createCaller } from '../../src/adapters/network/index.ts';
import { runTests } from '../../src/check/run-tests.ts';
import { formatTextReport } from '../../src/index.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { readFile } from 'node:fs/promises';
import { parseValid } from './parse.ts';

/** Runs tests, written in YAML, against a server that somebody has started; answers with the report. */
export async function tryTests(
  tests: string,
  { host, port }: { readonly host: string; readonly port: number | undefined },
  signal: AbortSignal = new AbortController().signal,
): Promise<string> {
  const file = parseValid(`containerName: box\nimage: busybox\n${tests}`);
  const target: Target = { host, port, reach: (host, port) => ({ host, port }) };
  const caller = createCaller((path) => readFile(path));
  try {
    const results = await runTests(
      file,
      {
        caller,
        target,
        lookup: (reference) => (reference === 'box:network_address' ? host : undefined),
        now: () => performance.now(),
        pause: (ms, signal) => sleep(ms, undefined, { signal }),
      },
      { onStart: () => undefined, onEnd: () => undefined },
      signal,
    );
    return formatTextReport(results, { ascii: true });
  } finally {
    await caller.close();
  }
}
