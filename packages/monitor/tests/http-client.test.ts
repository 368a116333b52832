import { createFence } from '@daywatch/outbound';
import { createOutboundClient } from '@daywatch/outbound/http';
import { printExposition } from '@daywatch/exposition';
import { afterAll, describe, expect, it } from 'vitest';
import { createHttpClient, type HttpClientOptions } from '../src/adapters/http/index.ts';
import { judgeAnswer, makeHttpMetrics, type Checkable } from '../src/index.ts';
import { serveHttp } from './_support/servers.ts';

const outbound = createOutboundClient({ fence: createFence({ fencesSpecialNetworks: false }) });
afterAll(() => outbound.close());

function createClient(url: string, options: Partial<HttpClientOptions> = {}): Checkable {
  return createHttpClient({ id: 'it', url, outbound, timeoutMs: 20_000, now: () => 0, ...options });
}

describe('the HttpClient', () => {
  it('should make its metrics and its health of one request', async () => {
    let requests = 0;
    await using server = await serveHttp((_, response) => {
      requests += 1;
      response.writeHead(200).end('hello');
    });
    const client = createClient(`${server.url}/some/page?x=1`);
    const { signal } = new AbortController();

    const [health, { isUp, scrape }] = await Promise.all([client.health(signal), client.metrics(signal)]);

    expect([health, isUp, requests]).toEqual([{ status: 'pass' }, true, 1]);
    expect(scrape.layout.series.map(({ key }) => key)).toEqual([
      `request_duration_seconds{code="200",domain="127.0.0.1:${server.port}"}`,
      'up',
    ]);
    expect(scrape.values[0]).toBeGreaterThan(0);
    expect(scrape.values[1]).toBe(1);
  });

  it('should have no duration, and be down, where nobody answers', async () => {
    const client = createClient('http://127.0.0.1:1/', { domain: 'nobody' });
    const { signal } = new AbortController();

    const { isUp, scrape } = await client.metrics(signal);

    expect([isUp, scrape.layout.series.map(({ key }) => key), [...scrape.values]]).toEqual([
      false,
      ['up'],
      [0],
    ]);
    await expect(client.health(signal)).rejects.toThrow(/127\.0\.0\.1/);
  });

  it('should measure an answer that fails, too', async () => {
    await using server = await serveHttp((_, response) => response.writeHead(503).end());
    const client = createClient(server.url, { domain: 'shop' });
    const { signal } = new AbortController();

    const [health, { isUp, scrape }] = await Promise.all([client.health(signal), client.metrics(signal)]);

    expect(health).toEqual({ status: 'fail', reason: 'the status is 503; expected is 200 to 299' });
    expect([isUp, scrape.layout.series[0]?.key]).toEqual([
      true,
      'request_duration_seconds{code="503",domain="shop"}',
    ]);
  });

  it('should look for the text in the body', async () => {
    await using server = await serveHttp((_, response) => response.end('all is well'));
    const { signal } = new AbortController();

    expect(await createClient(server.url, { expectation: { bodyText: 'well' } }).health(signal)).toEqual({
      status: 'pass',
    });
    expect(await createClient(server.url, { expectation: { bodyText: 'ill' } }).health(signal)).toEqual({
      status: 'fail',
      reason: 'the body does not contain "ill"',
    });
  });
});

describe('judgeAnswer', () => {
  const DAY_MS = 86_400_000;
  const answer = { status: 200, body: '', durationMs: 150, certificateValidToMs: 10.5 * DAY_MS };

  it.each([
    [{}, 'pass', undefined],
    [{ statuses: [[301, 302]] }, 'fail', 'the status is 200; expected is 301 to 302'],
    [
      {
        statuses: [
          [200, 200],
          [404, 404],
        ],
      },
      'pass',
      undefined,
    ],
    [{ latencyWarnMs: 150 }, 'warn', 'the answer took 150 ms; expected is less than 150 ms'],
    [{ latencyWarnMs: 151 }, 'pass', undefined],
    [
      { latencyWarnMs: 10, latencyFailMs: 100 },
      'fail',
      'the answer took 150 ms; expected is less than 100 ms',
    ],
    [
      { certificateWarnMs: 14 * DAY_MS },
      'warn',
      'the certificate expires on 1970-01-11T12:00:00.000Z, in 10 days',
    ],
    [
      { certificateFailMs: 11 * DAY_MS },
      'fail',
      'the certificate expires on 1970-01-11T12:00:00.000Z, in 10 days',
    ],
    [{ certificateFailMs: 10 * DAY_MS }, 'pass', undefined],
    [
      { latencyWarnMs: 1, certificateFailMs: 11 * DAY_MS },
      'fail',
      'the certificate expires on 1970-01-11T12:00:00.000Z, in 10 days',
    ],
  ] as const)('should judge by %j: %s', (expectation, status, reason) => {
    expect(judgeAnswer(answer, expectation, 0)).toMatchObject(
      reason === undefined ? { status } : { status, reason },
    );
  });

  it('should say by how much an answer was too late, and nothing of that where something else is wrong', () => {
    const limits = { latencyWarnMs: 10, latencyFailMs: 100 };

    expect(judgeAnswer(answer, limits, 0).lateByMs).toBe(50);
    expect(judgeAnswer(answer, { latencyWarnMs: 10 }, 0).lateByMs).toBe(140);
    expect(judgeAnswer(answer, { ...limits, statuses: [[404, 404]] }, 0)).not.toHaveProperty('lateByMs');
    expect(judgeAnswer(answer, {}, 0)).toEqual({ status: 'pass' });
  });

  it('should judge no certificate over http', () => {
    expect(judgeAnswer({ status: 200, body: '', durationMs: 1 }, { certificateFailMs: DAY_MS }, 0)).toEqual({
      status: 'pass',
    });
  });
});

describe('makeHttpMetrics', () => {
  it('should give gauges with HELP and TYPE', () => {
    const text = printExposition(
      makeHttpMetrics({ domain: 'localhost', answer: { code: 200, durationSeconds: 0.0032 } }),
    );

    expect(text).toBe(
      '# HELP request_duration_seconds How long the request took, from its start to the last byte of the answer.\n' +
        '# TYPE request_duration_seconds gauge\n' +
        'request_duration_seconds{domain="localhost",code="200"} 0.0032\n' +
        '# HELP up Whether the target answered.\n' +
        '# TYPE up gauge\n' +
        'up 1\n',
    );
  });
});
