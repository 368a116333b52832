export { createRequestMetrics } from './request-metrics.ts';
export type { MethodMetrics, RequestMetrics } from './request-metrics.ts';
export { createProcessRegistry, createRegistry } from './process-metrics.ts';
export { METRICS_CONTENT_TYPE, metricsText } from './metrics-text.ts';
export { addMetricsRoute } from './metrics-route.ts';
export type { MetricsRouteOptions } from './metrics-route.ts';
export { registerMetric } from './register-metric.ts';
export type { CollectedMetric, Sample } from './register-metric.ts';
export type { Registry } from 'prom-client';
