import { createFence } from '@daywatch/outbound';
import { createOutboundClient } from '@daywatch/outbound/http';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { createPrometheusClient, type PrometheusClientOptions } from '../src/adapters/http/index.ts';
import { DEFAULT_ENDPOINT, type Checkable } from '../src/index.ts';
import { serveHttp, serveTcp } from './_support/servers.ts';

const outbound = createOutboundClient({ fence: createFence({ fencesSpecialNetworks: false }) });
afterAll(() => outbound.close());

function createClient(baseUrl: string, options: Partial<PrometheusClientOptions> = {}): Checkable {
  return createPrometheusClient({ id: 'it', baseUrl, outbound, timeoutMs: 20_000, ...options });
}

function signal(): AbortSignal {
  return new AbortController().signal;
}

describe('the PrometheusClient', () => {
  it('should read the metrics and the health below the base URL, and ask as Prometheus does', async () => {
    const asked: unknown[] = [];
    await using server = await serveHttp(({ url, headers }, response) => {
      asked.push([
        url,
        headers.accept?.slice(0, 40),
        headers['x-prometheus-scrape-timeout-seconds'],
        headers.authorization,
      ]);
      if (url === '/gometr/metrics')
        response.setHeader('content-type', 'text/plain; version=0.0.4').end('a{b="c"} 1.5\n');
      else response.end('{"status":"pass"}');
    });
    const endpoint = { ...DEFAULT_ENDPOINT, secretHeaders: { authorization: 'Bearer secret' } };
    const client = createClient(`${server.url}/gometr/`, { endpoint });

    const { isUp, scrape } = await client.metrics(signal());
    const health = await client.health(signal());

    expect([isUp, scrape.layout.series.map(({ key }) => key), [...scrape.values]]).toEqual([
      true,
      ['a{b="c"}'],
      [1.5],
    ]);
    expect(health).toEqual({ status: 'pass' });
    expect(asked).toEqual([
      ['/gometr/metrics', 'application/openmetrics-text;version=1.0', '20', 'Bearer secret'],
      ['/gometr/health', 'application/health+json, application/jso', undefined, 'Bearer secret'],
    ]);
  });

  it('should keep the layout while the series stay the same', async () => {
    let value = 0;
    await using server = await serveHttp((_, response) => {
      value += 1;
      response.setHeader('content-type', 'text/plain').end(`a ${value}\n`);
    });
    const client = createClient(server.url);

    const one = await client.metrics(signal());
    const two = await client.metrics(signal());

    expect(two.scrape.layout).toBe(one.scrape.layout);
    expect([...one.scrape.values, ...two.scrape.values]).toEqual([1, 2]);
  });

  it('should read OpenMetrics by its Content-Type, and refuse half of it', async () => {
    let text = 'a 1 2.5\n# EOF\n';
    await using server = await serveHttp((_, response) => {
      response.setHeader('content-type', 'application/openmetrics-text; version=1.0.0').end(text);
    });
    const client = createClient(server.url);

    const { scrape } = await client.metrics(signal());
    text = 'a 1 2.5\n';

    expect(scrape.timestampsMs?.[0]).toBe(2500);
    await expect(client.metrics(signal())).rejects.toThrow(
      'line 2, column 1: expected # EOF as the last line',
    );
  });

  it.each<[number, string, unknown]>([
    [200, '{"status":"pass","service_id":"a","checks":{}}', { status: 'pass' }],
    [200, '{"status":"up"}', { status: 'pass' }],
    [204, '', { status: 'pass' }],
    [200, 'Healthy.', { status: 'pass' }],
    [200, '{"status":"warn"}', { status: 'warn', reason: 'it says warn' }],
    [200, '{"status":"fail","output":"no space"}', { status: 'fail', reason: 'it says fail: no space' }],
    [
      200,
      '{"status":"fail","checks":{"disk":{"component_id":"d","component_type":"system","status":"fail","output":"full"},"net":{"status":"pass"}}}',
      { status: 'fail', reason: 'it says fail: disk (fail: full)' },
    ],
    [
      200,
      '{"status":"warn","serviceId":"a","checks":{"cpu:usage":[{"componentId":"1","status":"warn"},{"componentId":"2","status":"pass"}]}}',
      { status: 'warn', reason: 'it says warn: cpu:usage (warn)' },
    ],
    [200, '{"status":"strange"}', { status: 'warn', reason: 'its health has the unknown status "strange"' }],
    [500, '{"status":"pass"}', { status: 'fail', reason: 'its health was answered with the status 500' }],
    [
      503,
      '{"status":"fail","output":"no space"}',
      { status: 'fail', reason: 'its health was answered with the status 503, and it says fail: no space' },
    ],
    [404, 'nothing', { status: 'fail', reason: 'its health was answered with the status 404' }],
  ])('should judge the health %i %s by its status, then by its body', async (status, body, expected) => {
    await using server = await serveHttp((_, response) => response.writeHead(status).end(body));

    expect(await createClient(server.url).health(signal())).toEqual(expected);
  });

  it('should take metrics that can be read for health where there is no other, with one request', async () => {
    let requests = 0;
    await using server = await serveHttp((_, response) => {
      requests += 1;
      response.writeHead(requests === 1 ? 200 : 500, { 'content-type': 'text/plain' }).end('a 1\n');
    });
    const client = createClient(server.url, { healthPath: undefined });
    const first = signal();

    const [health] = await Promise.all([client.health(first), client.metrics(first)]);

    expect([health, requests]).toEqual([{ status: 'pass' }, 1]);
    await expect(client.health(signal())).rejects.toThrow('the metrics were answered with the status 500');
  });

  it('should fail a target that misbehaves with a reason that people understand', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, '#'));
    await using bombing = await serveHttp((_, response) =>
      response.writeHead(200, { 'content-type': 'text/plain', 'content-encoding': 'gzip' }).end(bomb),
    );
    await using endless = await serveHttp((_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      const chunk = Buffer.alloc(65_536, '# endless\n');
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    });
    await using hanging = await serveHttp(() => {});
    await using garbage = await serveTcp((socket) => socket.end('\u0000\u0001 this is no HTTP\r\n\r\n'));
    await using html = await serveHttp((_, response) =>
      response.setHeader('content-type', 'text/html').end('<html>\n'),
    );
    await using circle = await serveHttp((_, response) =>
      response.writeHead(302, { location: '/again' }).end(),
    );
    await using closed = await serveTcp((socket) => socket.destroy());
    const limits = { maxBytes: 1_000_000, maxSamples: 10, maxLabels: 5, maxNameBytes: 50, maxValueBytes: 50 };
    const reasonOf = async (url: string, timeoutMs = 20_000): Promise<string> =>
      createClient(url, { limits, timeoutMs })
        .metrics(signal())
        .then(
          () => 'nothing',
          (error: unknown) => (error as Error).message,
        );

    expect(await reasonOf(bombing.url)).toMatch(/1000000 bytes|1,000,000 bytes|larger than/);
    expect(await reasonOf(endless.url)).toMatch(/1000000 bytes|1,000,000 bytes|larger than/);
    expect(await reasonOf(hanging.url, 300)).toMatch(/300 ms/);
    expect(await reasonOf(garbage.url)).toMatch(/not HTTP|HTTP/);
    expect(await reasonOf(html.url)).toBe('line 1, column 1: expected a metric name, found "<html>"');
    expect(await reasonOf(circle.url)).toMatch(/redirects more than 5 times/);
    expect(await reasonOf(closed.url)).toMatch(/connection/);
    expect(await reasonOf('http://127.0.0.1:1')).toMatch(/127\.0\.0\.1/);
  });

  it('should end when its signal is aborted, with the reason of the signal', async () => {
    await using server = await serveHttp(() => {});
    const controller = new AbortController();
    const asked = createClient(server.url).metrics(controller.signal);

    controller.abort(new Error('enough'));

    await expect(asked).rejects.toThrow('enough');
  });
});
