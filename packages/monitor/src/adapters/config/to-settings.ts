import type { HttpExpectation } from '../../check/http-expectation.ts';
import { hostOf, instanceOf } from '../../target/host-of.ts';
import type { TargetSettings } from '../../target/target-settings.ts';
import type { HttpEntry, PrometheusEntry } from './target-schema.ts';
import { readEndpoint } from './read-endpoint.ts';

export type ReadFile = (path: string) => string;

/** What reading an entry needs beside it. */
export interface EntryTools {
  readonly readFile: ReadFile;
  /** Makes the error for a key of this entry. */
  readonly fault: (key: string, problem: string) => Error;
}

/** Turns an entry that fits the schema into settings; what only makes sense together is checked here. */
export function toSettings(entry: PrometheusEntry | HttpEntry, tools: EntryTools): TargetSettings {
  const { fault } = tools;
  if (entry.timeout > entry.interval) {
    throw fault('timeout', `${entry.timeout} ms is longer than the interval, ${entry.interval} ms`);
  }
  const { username, password } = new URL(entry.url);
  if (username !== '' || password !== '') {
    throw fault('url', 'credentials in a URL end up in logs; allowed are basic_auth and bearer_token');
  }
  const common = {
    id: entry.name,
    domain: entry.domain ?? hostOf(entry.url),
    url: entry.url,
    intervalMs: entry.interval,
    timeoutMs: entry.timeout,
    labels: Object.entries({ job: entry.job ?? entry.name, instance: instanceOf(entry.url), ...entry.labels })
      .map(([name, value]) => ({ name, value }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    endpoint: readEndpoint(entry, entry.limits.body, tools),
  };
  if (entry.kind === 'http') return { ...common, kind: 'http', expectation: toExpectation(entry.expect) };
  const { limits } = entry;
  return {
    ...common,
    kind: 'prometheus',
    metricsPath: entry.metrics_path,
    healthPath: entry.health_path === 'none' ? undefined : entry.health_path,
    limits: {
      maxBytes: limits.body,
      maxSamples: limits.samples,
      maxLabels: limits.labels,
      maxNameBytes: limits.name_length,
      maxValueBytes: limits.value_length,
    },
    protocols: entry.protocols,
    fallbackProtocol: entry.fallback_protocol,
    honorsLabels: entry.honor_labels,
    honorsTimestamps: entry.honor_timestamps,
  };
}

function toExpectation(expect: HttpEntry['expect']): HttpExpectation {
  return {
    statuses: expect.status.map((status) => {
      const [from, to] = String(status).split('-').map(Number) as [number, number?];
      return [from, to ?? from] as const;
    }),
    ...optional('bodyText', expect.body_contains),
    ...optional('latencyWarnMs', expect.latency_warn),
    ...optional('latencyFailMs', expect.latency_fail),
    ...optional('certificateWarnMs', expect.certificate_expiry_warn),
    ...optional('certificateFailMs', expect.certificate_expiry_fail),
  };
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}
