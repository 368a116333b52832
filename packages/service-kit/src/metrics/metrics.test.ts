import { Counter } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { metricsText } from './metrics-text.ts';
import { createProcessRegistry, createRegistry } from './process-metrics.ts';
import { createRequestMetrics } from './request-metrics.ts';

describe('createRequestMetrics', () => {
  it('should count requests, statuses and latencies by method', async () => {
    const registry = createRegistry();
    const list = createRequestMetrics(registry).method('http', 'ListThings');

    list.begin();
    list.begin();
    list.begin();
    list.end(200, 0.4);
    list.end(404, 30);

    const text = await metricsText([registry]);
    expect(text).toContain('# TYPE api_requests_total counter\n');
    expect(text).toContain('api_requests_total{protocol="http",method="ListThings",code="200"} 1\n');
    expect(text).toContain('api_requests_total{protocol="http",method="ListThings",code="404"} 1\n');
    expect(text).toContain('api_requests_in_flight{protocol="http",method="ListThings"} 1\n');
    expect(text).toContain(
      'api_request_duration_seconds_bucket{protocol="http",method="ListThings",le="0.0005"} 1\n',
    );
    expect(text).toContain(
      'api_request_duration_seconds_bucket{protocol="http",method="ListThings",le="0.05"} 2\n',
    );
    expect(text).toContain(
      'api_request_duration_seconds_bucket{protocol="http",method="ListThings",le="+Inf"} 2\n',
    );
    expect(text).toContain('api_request_duration_seconds_sum{protocol="http",method="ListThings"} 0.0304\n');
    expect(text).toContain('api_request_duration_seconds_count{protocol="http",method="ListThings"} 2\n');
  });

  it('should hand out the same counts for the same name, and refuse names without end', () => {
    const metrics = createRequestMetrics(createRegistry());

    expect(metrics.method('grpc', 'A')).toBe(metrics.method('grpc', 'A'));
    expect(() => {
      for (let i = 0; i < 1000; i++) metrics.method('http', `path-${i}`);
    }).toThrow(RangeError);
  });
});

describe('metricsText', () => {
  it('should join the families of several registries under one HELP and TYPE', async () => {
    const parts = ['one', 'two'].map((part) => {
      const registry = createRegistry({ part });
      new Counter({ name: 'things_total', help: 'Things.', registers: [registry] }).inc();
      return registry;
    });

    const text = await metricsText([createProcessRegistry(), ...parts]);

    expect(text.match(/# TYPE things_total counter/g)).toHaveLength(1);
    expect(text).toContain('things_total{part="one"} 1\nthings_total{part="two"} 1\n');
    expect(text).toContain('process_cpu_user_seconds_total');
    expect(text).not.toContain('\n\n');
  });
});
