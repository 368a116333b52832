import { describe, expect, it } from 'vitest';
import {
  API_VERSION,
  applyDefaults,
  describeTarget,
  healthCheckSpecSchema,
  scrapeTargetSpecSchema,
  type HealthCheck,
  type ScrapeTarget,
} from '@daywatch/installation';
import { parseTargets } from '@daywatch/monitor/config';

const endpoint = { name: 'here/shop/shop-1', url: 'http://10.1.2.3:8000', labels: { pod: 'shop-1' } };

describe('describeTarget', () => {
  it('should make of a ScrapeTarget what the checker takes, with every field that it has', () => {
    const target: ScrapeTarget = {
      apiVersion: API_VERSION,
      kind: 'ScrapeTarget',
      metadata: { name: 'shop', namespace: 'here' },
      spec: applyDefaults(scrapeTargetSpecSchema.json, {
        pods: { matchLabels: { app: 'shop' }, port: 'http' },
        path: '/m',
        interval: '30s',
        timeout: '10s',
        labels: { team: 'a' },
        honorLabels: true,
        maxSamples: 5,
      }) as ScrapeTarget['spec'],
    };

    const [settings] = parse(describeTarget(target, endpoint));

    expect(settings).toMatchObject({ name: endpoint.name, domain: endpoint.name, intervalMs: 30_000, timeoutMs: 10_000 });
    expect(describeTarget(target, endpoint)).toMatchObject({
      kind: 'prometheus',
      url: endpoint.url,
      metrics_path: '/m',
      health_path: 'none',
      honor_labels: true,
      job: 'shop',
      labels: { pod: 'shop-1', team: 'a' },
      limits: { samples: 5 },
    });
  });

  it('should make of a HealthCheck what the checker takes, with every field that it has', () => {
    const expectation = {
      status: [200, '300-399'],
      bodyContains: 'ok',
      latencyWarn: '1s',
      latencyFail: '2s',
      certificateExpiryWarn: '14d',
      certificateExpiryFail: '1d',
    };
    const check = makeCheck({ service: { name: 'shop', port: 80 }, path: '/up', expect: expectation });

    expect(parse(describeTarget(check, endpoint))).toHaveLength(1);
    expect(describeTarget(check, endpoint)).toMatchObject({
      kind: 'http',
      url: 'http://10.1.2.3:8000/up',
      expect: {
        status: [200, '300-399'],
        body_contains: 'ok',
        latency_warn: '1s',
        latency_fail: '2s',
        certificate_expiry_warn: '14d',
        certificate_expiry_fail: '1d',
      },
    });
  });

  it('should take a url as it stands', () => {
    const url = 'https://shop.example/a?b=c';
    const entry = describeTarget(makeCheck({ url }), { name: 'shop', url, labels: {} });

    expect(entry['url']).toBe(url);
    expect(parse(entry)).toHaveLength(1);
  });
});

function makeCheck(spec: Readonly<Record<string, unknown>>): HealthCheck {
  return {
    apiVersion: API_VERSION,
    kind: 'HealthCheck',
    metadata: { name: 'shop', namespace: 'here' },
    spec: applyDefaults(healthCheckSpecSchema.json, spec) as HealthCheck['spec'],
  };
}

function parse(entry: unknown) {
  return parseTargets([entry], { readFile: () => '' });
}
