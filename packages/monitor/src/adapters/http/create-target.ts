import type { OutboundClient } from '@daywatch/outbound';
import type { Target } from '../../checker/target.ts';
import type { TargetSettings } from '../../target/target-settings.ts';
import { createHttpClient } from './http-client.ts';
import { createPrometheusClient } from './prometheus-client.ts';

export interface CreateTargetOptions {
  readonly outbound: OutboundClient;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A client that gives up a little before the checker does can say which step it waited for. */
const HEAD_START = 0.98;

/** Makes what the checker checks out of what people set up. */
export function createTarget(settings: TargetSettings, { outbound, now }: CreateTargetOptions): Target {
  const { id, domain, url, intervalMs, timeoutMs, endpoint } = settings;
  const common = { id, outbound, endpoint, timeoutMs: timeoutMs * HEAD_START };
  switch (settings.kind) {
    case 'prometheus': {
      const { metricsPath, healthPath, limits, protocols, fallbackProtocol } = settings;
      const options = { metricsPath, healthPath, limits, protocols, fallbackProtocol };
      return {
        check: createPrometheusClient({ ...common, ...options, baseUrl: url }),
        domain,
        intervalMs,
        timeoutMs,
      };
    }
    case 'http': {
      const { expectation } = settings;
      return {
        check: createHttpClient({ ...common, url, domain, expectation, now }),
        domain,
        intervalMs,
        timeoutMs,
      };
    }
    default:
      throw new Error(`Unknown kind: ${String(settings satisfies never)}`);
  }
}
