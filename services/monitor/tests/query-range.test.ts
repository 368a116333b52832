import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createMonitorPart } from '@daywatch/restapi';
import { createMemoryCheckResults, createMemoryTargets } from '@daywatch/monitor/memory';
import { makeLabels } from '@daywatch/series';
import { createMemorySeries } from '@daywatch/series/memory';
import { createHttpServer, createLimiter } from '@daywatch/service-kit/listen';
import { silentLog } from '@daywatch/service-kit/log';
import { createRegistry, createRequestMetrics } from '@daywatch/service-kit/metrics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const MAIN = join(import.meta.dirname, '../src/main.ts');
const START_MS = Date.UTC(2026, 2, 1, 12);

let app: ReturnType<typeof createHttpServer>;
let address: string;
let authorization: string | undefined;
beforeAll(async () => {
  const log = silentLog();
  app = createHttpServer({
    log,
    metrics: createRequestMetrics(createRegistry()),
    limiter: createLimiter({ maxRunning: 10, maxWaiting: 10 }),
    allowedHosts: [],
    maxBodyBytes: 1024,
    requestTimeoutMs: 10_000,
  });
  const { writer, reader } = createMemorySeries();
  const source = await writer.openSource('a', makeLabels({ job: 'gometr', instance: 'localhost:8000' }));
  const layout = await writer.registerLayout([
    makeLabels({ __name__: 'up' }),
    makeLabels({ __name__: 'requests_total', code: '200' }),
  ]);
  await writer.append(
    Array.from({ length: 9 }, (_, i) => ({
      source,
      layout,
      atMs: START_MS + i * 10_000,
      values: Float64Array.of(i === 4 ? 0 : 1, i * 30),
    })),
  );
  const part = createMonitorPart({
    stores: { series: reader, checks: createMemoryCheckResults(), targets: createMemoryTargets().board },
    logger: log.logger,
    signal: new AbortController().signal,
    streamTimeoutMs: 1000,
  });
  part.addRoutes(app, {
    authorize: async (request) => {
      ({ authorization } = request.headers);
    },
    isStillAdmitted: async () => true,
  });
  address = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => app.close());

const PERIOD = ['--from', '2026-03-01T12:00:00Z', '--to', '2026-03-01T12:01:30Z'];

describe('monitor query-range', () => {
  it('should print a table', async () => {
    const { code, stdout, stderr } = await run([
      '{__name__=~".+",code="200"}',
      ...PERIOD,
      '--points',
      '1000',
    ]);

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      'requests_total{code="200"}  job=gometr instance=localhost:8000',
      '  2026-03-01T12:00:00.000Z    0',
      '  2026-03-01T12:00:10.000Z   30',
      '  2026-03-01T12:00:20.000Z   60',
    ]);
  });

  it('should print sparklines', async () => {
    const { stdout } = await run(['up', ...PERIOD, '--output', 'sparkline']);

    expect(stdout).toMatch(
      /^up {2}job=gometr instance=localhost:8000\n {2}█[█ ]*▁[█ ]*█\n {2}min 0 {2}max 1 {2}last 1\n$/,
    );
  });

  it('should print rates, as JSON', async () => {
    const { stdout } = await run(['requests_total', ...PERIOD, '--rate', '--output', 'json']);
    const { kind, series } = JSON.parse(stdout) as { kind: string; series: { values: number[] }[] };

    expect(kind).toBe('rate');
    expect(new Set(series[0]?.values)).toEqual(new Set([3]));
  });

  it('should take periods that are relative to now, and say that nothing is there', async () => {
    expect(await run(['up', '--from', '1h30m', '--to', '5m'])).toEqual({
      code: 0,
      stdout: 'No series has samples there.\n',
      stderr: '',
    });
  });

  it('should show the token that the environment names', async () => {
    await run(['up', ...PERIOD], { DAYWATCH_TOKEN: 'dw_secret' });
    expect(authorization).toBe('Bearer dw_secret');
  });

  it.each([
    [['up', '--from', 'yesterday'], 2, "--from: 'yesterday' is no time; allowed are 2026-11-23T09:00:00Z"],
    [['up', '--points', '3'], 2, 'Allowed is a number from 10 to 5000.'],
    [['up', '--output', 'xml'], 2, 'Allowed choices are table, sparkline, json.'],
    [['up', '--token-file', '/nowhere'], 2, "--token-file: '/nowhere' cannot be read"],
    [['up{'], 1, "match: 'up{' is no selector"],
    [['up', '--from', '2026-13-01T00:00:00Z'], 1, 'has the month 13'],
    [[], 2, "missing required argument 'selector'"],
  ])('should refuse %j', async (args, code, said) => {
    const found = await run(args);
    expect([found.code, found.stdout]).toEqual([code, '']);
    expect(found.stderr).toContain(said);
  });

  it('should say that nothing answers, and how to name another place', async () => {
    const { code, stderr } = await run(['up'], {}, 'http://127.0.0.1:1');
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^monitor: nothing answers at http:\/\/127\.0\.0\.1:1: .*; --address names another place\n$/,
    );
  });

  it('should say that what answers is not the monitor', async () => {
    const other: Server = createServer((_, response) => response.writeHead(418).end('tea'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { stderr } = await run(['up'], {}, `http://127.0.0.1:${port}`);
    other.close();
    expect(stderr).toBe(`monitor: http://127.0.0.1:${port} answered 418, and not as the monitor does\n`);
  });
});

interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  at = address,
): Promise<Finished> {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [MAIN, 'query-range', ...args, '--address', at], {
    env: { PATH, ...environment },
    // No token lies in a folder above.
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, ...output }));
  });
}
