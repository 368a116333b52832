export { createPrometheusClient, type PrometheusClientOptions } from './prometheus-client.ts';
export { createHttpClient, type HttpClientOptions } from './http-client.ts';
