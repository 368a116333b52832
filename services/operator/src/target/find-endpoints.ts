import type {
  Endpoint,
  HealthCheck,
  PodSelector,
  ScrapeTarget,
  ServiceSelector,
} from '@daywatch/installation';
import type { LivePod, LiveService } from '../cluster/live-objects.ts';
import type { Informer } from '../watching/informer.ts';
import { nameEndpoint } from './name-endpoint.ts';

/** What there is to be selected. */
export interface Surroundings {
  readonly services: Pick<Informer<LiveService>, 'get' | 'list' | 'trouble'>;
  readonly pods: Pick<Informer<LivePod>, 'list' | 'trouble'>;
  /** The one namespace in which they are looked for; undefined is all. */
  readonly namespace?: string | undefined;
}

/** Where the targets of a resource are, or why there are none. */
export type Found =
  | {
      readonly kind: 'found';
      readonly endpoints: readonly Endpoint[];
      /** What was left out of what is selected, and why. */
      readonly notes: readonly string[];
    }
  | { readonly kind: 'none'; readonly reason: NoneReason; readonly message: string };

export type NoneReason = 'NothingMatches' | 'PortNotFound' | 'NothingRuns' | 'Forbidden' | 'NotWatched';

export function findEndpoints(resource: ScrapeTarget | HealthCheck, surroundings: Surroundings): Found {
  const { spec, metadata } = resource;
  if (spec.url !== undefined) {
    return {
      kind: 'found',
      endpoints: [{ name: nameEndpoint(resource), url: spec.url, labels: {} }],
      notes: [],
    };
  }
  const home = metadata.namespace ?? '';
  const where = (spec.service ?? spec.pods)?.namespace ?? home;
  const only = surroundings.namespace ?? where;
  if (where !== only) {
    return none(
      'NotWatched',
      `the operator looks in namespace \`${only}\` alone, and not in \`${where}\`: its configuration says so`,
    );
  }
  if (spec.service !== undefined) return findServices(resource, spec.service, home, surroundings);
  if (spec.pods !== undefined) return findPods(resource, spec.pods, home, surroundings);
  return none('NothingMatches', 'spec: gives none of url, service and pods');
}

function findServices(
  resource: ScrapeTarget | HealthCheck,
  selector: ServiceSelector,
  home: string,
  { services }: Surroundings,
): Found {
  const { namespace = home, name, matchLabels = {}, port, scheme } = selector;
  const trouble = describeForbidden(services.trouble());
  if (trouble !== undefined) return trouble;
  const named = name === undefined ? undefined : services.get({ namespace, name });
  const matching =
    name === undefined
      ? [...services.list(namespace)].filter((each) => hasLabels(each, matchLabels))
      : [named ?? []].flat();
  if (matching.length === 0) {
    return none(
      'NothingMatches',
      name === undefined
        ? `no Service matches \`${formatLabels(matchLabels)}\` in namespace \`${namespace}\``
        : `there is no Service \`${name}\` in namespace \`${namespace}\``,
    );
  }
  return gather(matching, (service) => {
    const found = (service.spec?.ports ?? []).find((each) => each.name === port || each.port === port);
    const number =
      found?.port ?? (service.spec?.type === 'ExternalName' && typeof port === 'number' ? port : undefined);
    if (number === undefined) return `port \`${port}\` not found on Service \`${service.metadata.name}\``;
    const host = `${service.metadata.name}.${namespace}.svc`;
    return {
      name: nameEndpoint(resource, inNamespace(service.metadata.name, namespace, home)),
      url: `${scheme}://${host}:${number}`,
      labels: { namespace, service: service.metadata.name },
    };
  });
}

function findPods(
  resource: ScrapeTarget | HealthCheck,
  selector: PodSelector,
  home: string,
  { pods }: Surroundings,
): Found {
  const { namespace = home, matchLabels, port, scheme } = selector;
  const trouble = describeForbidden(pods.trouble());
  if (trouble !== undefined) return trouble;
  const matching = [...pods.list(namespace)].filter((each) => hasLabels(each, matchLabels));
  const what = `\`${formatLabels(matchLabels)}\` in namespace \`${namespace}\``;
  if (matching.length === 0) return none('NothingMatches', `no Pod matches ${what}`);
  const running = matching.filter(isRunning);
  if (running.length === 0)
    return none('NothingRuns', `of ${matching.length} Pods that match ${what} none runs`);
  return gather(running, (pod) => {
    const number = typeof port === 'number' ? port : pod.ports.find((each) => each.name === port)?.port;
    if (number === undefined) return `port \`${port}\` not found on Pod \`${pod.metadata.name}\``;
    const host = pod.ip?.includes(':') === true ? `[${pod.ip}]` : pod.ip;
    return {
      name: nameEndpoint(resource, inNamespace(pod.metadata.name, namespace, home)),
      url: `${scheme}://${host}:${number}`,
      labels: { namespace, pod: pod.metadata.name },
    };
  });
}

/** @param toEndpoint answers why there is none in a sentence. */
function gather<T>(objects: readonly T[], toEndpoint: (object: T) => Endpoint | string): Found {
  const answers = objects.map(toEndpoint);
  const endpoints = answers.filter((answer) => typeof answer !== 'string');
  const notes = answers.filter((answer) => typeof answer === 'string');
  if (endpoints.length === 0) return none('PortNotFound', notes.slice(0, 5).join('; '));
  return { kind: 'found', endpoints: endpoints.toSorted((a, b) => (a.name < b.name ? -1 : 1)), notes };
}

/** What may not be looked at is no empty cluster. */
function describeForbidden(
  trouble: { readonly code: string; readonly message: string } | undefined,
): Found | undefined {
  if (trouble?.code !== 'forbidden') return undefined;
  return none(
    'Forbidden',
    trouble.message.startsWith('forbidden:') ? trouble.message : `forbidden: ${trouble.message}`,
  );
}

function isRunning({ phase, ip, metadata }: LivePod): boolean {
  return phase === 'Running' && ip !== undefined && metadata.deletionTimestamp === undefined;
}

export function hasLabels(
  { metadata }: { readonly metadata: { readonly labels?: Readonly<Record<string, string>> } },
  labels: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(labels).every(([name, value]) => metadata.labels?.[name] === value);
}

function inNamespace(name: string, namespace: string, home: string): string {
  return namespace === home ? name : `${namespace}.${name}`;
}

function formatLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? 'anything' : pairs.join(',');
}

function none(reason: NoneReason, message: string): Found {
  return { kind: 'none', reason, message };
}
