import type { Registry } from 'prom-client';
import { registerMetric } from './register-metric.ts';
import type { Sample } from './register-metric.ts';

/** Counts the requests of one API method. Made once, beside the handler: an observation costs some nanoseconds. */
export interface MethodMetrics {
  readonly begin: () => void;
  /** `code` is the HTTP status, or the name of the gRPC status. Every `begin` is followed by one `end`. */
  readonly end: (code: number | string, latencyMs: number) => void;
}

export interface RequestMetrics {
  /** The counts of one method. The name is one of a bounded set: an operation's name, never a path. */
  readonly method: (protocol: 'http' | 'grpc', name: string) => MethodMetrics;
}

const BUCKETS_MS = [0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000] as const;
/** A bug that makes names out of requests must not fill the memory. */
const MAX_METHODS = 500;

/**
 * Adds to the registry, each by `protocol` and `method`:
 * `api_requests_total` (also by `code`), `api_request_duration_seconds`, `api_requests_in_flight`.
 */
export function createRequestMetrics(registry: Registry): RequestMetrics {
  const methods = new Map<string, MethodCounts>();
  const samplesOf = (take: (counts: MethodCounts) => Sample[]) => (): Sample[] =>
    [...methods.values()].flatMap(take);
  registerMetric(registry, {
    name: 'api_requests_total',
    help: 'Requests that have ended, by protocol, API method and status.',
    type: 'counter',
    collect: samplesOf((counts) => counts.countSamples()),
  });
  registerMetric(registry, {
    name: 'api_request_duration_seconds',
    help: 'How long requests took from their first byte to the end of the answer.',
    type: 'histogram',
    collect: samplesOf((counts) => counts.durationSamples()),
  });
  registerMetric(registry, {
    name: 'api_requests_in_flight',
    help: 'Requests that are being worked on or wait for their turn.',
    type: 'gauge',
    collect: samplesOf((counts) => counts.inFlightSamples()),
  });
  return {
    method: (protocol, name) => {
      const key = `${protocol} ${name}`;
      let counts = methods.get(key);
      if (!counts) {
        if (methods.size >= MAX_METHODS)
          throw new RangeError(`over ${MAX_METHODS} API methods, the last '${name}'`);
        counts = new MethodCounts({ protocol, method: name });
        methods.set(key, counts);
      }
      return counts;
    },
  };
}

class MethodCounts implements MethodMetrics {
  readonly #labels: Readonly<Record<string, string>>;
  readonly #byCode = new Map<number | string, number>();
  readonly #buckets = new Float64Array(BUCKETS_MS.length + 1);
  #sumMs = 0;
  #inFlight = 0;

  constructor(labels: Readonly<Record<string, string>>) {
    this.#labels = labels;
  }

  readonly begin = (): void => {
    this.#inFlight++;
  };

  readonly end = (code: number | string, latencyMs: number): void => {
    this.#inFlight--;
    this.#byCode.set(code, (this.#byCode.get(code) ?? 0) + 1);
    this.#sumMs += latencyMs;
    let i = 0;
    while (i < BUCKETS_MS.length && latencyMs > (BUCKETS_MS[i] ?? Infinity)) i++;
    this.#buckets[i] = (this.#buckets[i] ?? 0) + 1;
  };

  countSamples(): Sample[] {
    return [...this.#byCode].map(([code, value]) => ({
      labels: { ...this.#labels, code: String(code) },
      value,
    }));
  }

  durationSamples(): Sample[] {
    const metricName = 'api_request_duration_seconds';
    let count = 0;
    const buckets = Array.from(this.#buckets, (value, i): Sample => {
      count += value;
      const bound = BUCKETS_MS[i];
      const le = bound === undefined ? '+Inf' : String(bound / 1000);
      return { metricName: `${metricName}_bucket`, labels: { ...this.#labels, le }, value: count };
    });
    return [
      ...buckets,
      { metricName: `${metricName}_sum`, labels: this.#labels, value: this.#sumMs / 1000 },
      { metricName: `${metricName}_count`, labels: this.#labels, value: count },
    ];
  }

  inFlightSamples(): Sample[] {
    return [{ labels: this.#labels, value: this.#inFlight }];
  }
}
