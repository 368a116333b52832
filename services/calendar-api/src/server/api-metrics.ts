import { createRegistry, createRequestMetrics, registerMetric } from '@daywatch/service-kit/metrics';
import type { Registry, RequestMetrics } from '@daywatch/service-kit/metrics';
import type { Limiter } from '@daywatch/service-kit/listen';
import type { ChangeWatch } from '@daywatch/calendar';
import type { Database } from '../storage.ts';

export interface ApiMetrics {
  readonly registry: Registry;
  readonly requests: RequestMetrics;
}

/** The calendar's own metrics: requests by API method, who waits for a place, and the database's connections. */
export function createApiMetrics(
  limiter: Limiter,
  watch: ChangeWatch,
  database: Database | undefined,
): ApiMetrics {
  const registry = createRegistry();
  registerMetric(registry, {
    name: 'api_requests_waiting',
    help: 'Requests that wait for one of limits.concurrent_requests places.',
    type: 'gauge',
    collect: () => [{ labels: {}, value: limiter.waiting() }],
  });
  registerMetric(registry, {
    name: 'api_streams',
    help: 'Streams of changes that are open.',
    type: 'gauge',
    collect: () => [{ labels: {}, value: watch.size }],
  });
  if (database) {
    registerMetric(registry, {
      name: 'database_connections',
      help: 'Connections to the database, and callers that wait for one.',
      type: 'gauge',
      collect: () => Object.entries(database.usage()).map(([state, value]) => ({ labels: { state }, value })),
    });
  }
  return { registry, requests: createRequestMetrics(registry) };
}
