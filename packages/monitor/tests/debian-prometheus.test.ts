import { lintExposition, parseExposition, printExposition, type MetricFamily } from '@daywatch/exposition';
import { createFence } from '@daywatch/outbound';
import { createOutboundClient } from '@daywatch/outbound/http';
import { afterAll, describe, expect, it } from 'vitest';
import { hasDebianPackage } from '../../../tests/_support/debian-packages.ts';
import { createPrometheusClient } from '../src/adapters/http/index.ts';
import { checkWithPromtool, startPrometheus, waitFor } from './_support/debian-prometheus.ts';
import { serveHttp } from './_support/servers.ts';

const outbound = createOutboundClient({ fence: createFence({ fencesSpecialNetworks: false }) });
afterAll(() => outbound.close());

/** Numbers that a reader may get wrong, and labels that need escapes. */
const FAMILIES: readonly MetricFamily[] = [
  {
    name: 'tricky',
    type: 'gauge',
    help: 'A "help" with \\ and\nmore.',
    samples: [0.1, 1e300, 5e-324, -0, 123456789.12345679, 9007199254740991, Infinity, Number.NaN].map(
      (value, i) => ({
        name: 'tricky',
        labels: [{ name: 'case', value: String(i) }],
        value,
      }),
    ),
  },
  {
    name: 'escaped',
    type: 'gauge',
    help: 'A label with all that is escaped.',
    samples: [{ name: 'escaped', labels: [{ name: 'text', value: 'a"b\\c\nd, {é} 花' }], value: 1 }],
  },
];

describe.runIf(hasDebianPackage('prometheus'))("Debian's Prometheus", () => {
  it('should be read, every sample, and have no fault in its text', async () => {
    await using prometheus = await startPrometheus();
    const client = createPrometheusClient({
      id: 'prometheus',
      baseUrl: prometheus.url,
      outbound,
      timeoutMs: 60_000,
      healthPath: '/-/healthy',
    });
    const { signal } = new AbortController();

    const health = await client.health(signal);
    const { scrape } = await client.metrics(signal);
    const body = await (await fetch(`${prometheus.url}/metrics`)).text();

    const keys = scrape.layout.series.map(({ key }) => key);
    const samples = parseExposition(body).flatMap((family) => family.samples);
    expect(health).toEqual({ status: 'pass' });
    expect(keys).toEqual(expect.arrayContaining(['prometheus_ready', 'go_goroutines']));
    // Its own requests make a few more series from one answer to the next.
    expect(samples.length).toBeGreaterThanOrEqual(keys.length);
    expect(keys.length).toBeGreaterThan(300);
    expect(scrape.duplicates).toBe(0);
    expect(lintExposition(body)).toEqual([]);
  });

  it('should read from our printer just what we printed', async () => {
    const text = printExposition(FAMILIES);
    await using server = await serveHttp((_, response) =>
      response.setHeader('content-type', 'text/plain; version=0.0.4').end(text),
    );
    await using prometheus = await startPrometheus([`127.0.0.1:${server.port}`]);
    await waitFor('scrape', async () => (await prometheus.query('escaped')).length > 0);

    const tricky = await prometheus.query('tricky');
    const [escaped] = await prometheus.query('escaped');

    const values = new Map(tricky.map(({ metric, value }) => [metric['case'], value[1]]));
    const expected = FAMILIES[0]?.samples.map(({ value }) => value) ?? [];
    expect(expected.map((_, i) => Number(values.get(String(i))?.replace('Inf', 'Infinity')))).toEqual(
      expected,
    );
    expect(escaped?.metric['text']).toBe('a"b\\c\nd, {é} 花');
  });

  it('should agree in promtool that a text is good, and that it is not', () => {
    expect(checkWithPromtool(printExposition(FAMILIES))).toEqual({ code: 0, said: '' });
    for (const bad of ['a{b="c} 1\n', 'a one\n', '# TYPE a bogus\n', 'a{b="c"} 1 x\n']) {
      expect(checkWithPromtool(bad).code).toBe(1);
      expect(() => parseExposition(bad)).toThrow();
    }
  });
});
