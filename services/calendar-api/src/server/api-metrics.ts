import {
  createRegistry,
  createRequestMetrics,
  registerConnections,
  registerMetric,
} from '@daywatch/service-kit/metrics';
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
  if (database) registerConnections(registry, database);
  return { registry, requests: createRequestMetrics(registry) };
}
