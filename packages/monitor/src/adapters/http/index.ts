export { createTarget, type CreateTargetOptions } from './create-target.ts';
export { createPrometheusClient, type PrometheusClientOptions } from './prometheus-client.ts';
export { createHttpClient, type HttpClientOptions } from './http-client.ts';
