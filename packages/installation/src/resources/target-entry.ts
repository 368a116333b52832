import type { TargetEntry } from '../objects/scope.ts';
import type { HealthCheck } from './health-check.ts';
import type { ScrapeTarget } from './scrape-target.ts';

/** Where one target of a resource was found. */
export interface Endpoint {
  /** Unique among all targets of the installation; the checker tells targets apart by it for ever. */
  readonly name: string;
  /** With scheme and host, without a path; for a resource with a url, that url. */
  readonly url: string;
  /** Labels that tell it from others of the same resource: the pod. */
  readonly labels: Readonly<Record<string, string>>;
}

/** What the checker reads about one target: an element of the list `targets:` of its configuration. */
export function describeTarget(resource: ScrapeTarget | HealthCheck, endpoint: Endpoint): TargetEntry {
  const { name, labels } = endpoint;
  const { spec } = resource;
  const common = {
    name,
    // Its own domain: two targets may have one address, as two paths of a server do.
    domain: name,
    interval: spec.interval,
    timeout: spec.timeout,
    job: resource.metadata.name,
    labels: { ...labels, ...spec.labels },
  };
  if (resource.kind === 'ScrapeTarget') return { ...common, ...describeScrape(resource, endpoint.url) };
  return { ...common, ...describeRequest(resource, endpoint.url) };
}

function describeScrape({ spec }: ScrapeTarget, url: string): Readonly<Record<string, unknown>> {
  return {
    kind: 'prometheus',
    url,
    metrics_path: spec.path,
    health_path: spec.healthPath,
    honor_labels: spec.honorLabels,
    ...(spec.maxSamples === undefined ? {} : { limits: { samples: spec.maxSamples } }),
  };
}

function describeRequest({ spec }: HealthCheck, url: string): Readonly<Record<string, unknown>> {
  const { status, bodyContains, latencyWarn, latencyFail, certificateExpiryWarn, certificateExpiryFail } =
    spec.expect;
  const given = {
    body_contains: bodyContains,
    latency_warn: latencyWarn,
    latency_fail: latencyFail,
    certificate_expiry_warn: certificateExpiryWarn,
    certificate_expiry_fail: certificateExpiryFail,
  };
  return {
    kind: 'http',
    url: spec.url === undefined ? `${url}${spec.path}` : url,
    expect: {
      status,
      ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    },
  };
}
