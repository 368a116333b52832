import { operatorSchema, type OperatorConfig } from '@daywatch/operator';

/** The configuration of an operator that waits for little: what takes minutes in a cluster takes moments here. */
export function fastConfig(overrides: Readonly<Record<string, object>> = {}): OperatorConfig {
  const fast = {
    kubernetes: { request_timeout: '5s' },
    leader: { lease: '1s' },
    watch: { timeout: '30s', silence: '2s', relist: '10m' },
    work: { first_pause: '10ms', longest_pause: '200ms', gap: '5ms', resync: '10m' },
    monitor: { url: 'http://127.0.0.1:9', interval: '200ms' },
  } as const;
  const merged = Object.fromEntries(
    [...new Set([...Object.keys(fast), ...Object.keys(overrides)])].map((key) => [
      key,
      { ...fast[key as keyof typeof fast], ...overrides[key] },
    ]),
  );
  return operatorSchema.parse(merged);
}
