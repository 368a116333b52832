import type { Clock } from '@daywatch/monitor';
import type { Logger } from '@daywatch/service-kit/log';
import type { Cluster } from '../cluster/cluster.ts';
import type { KubeObject } from '../cluster/kube-object.ts';
import type { LivePod, LiveService } from '../cluster/live-objects.ts';
import type { ResourceName } from '../cluster/resources.ts';
import { MANAGED_SELECTOR } from '../daywatch/names.ts';
import { OWNED_KINDS, type OwnedKind } from '../daywatch/observe.ts';
import { createInformer, type Informer, type WatchTimes } from './informer.ts';
import { keepObject, keepPod } from './keep.ts';

export interface InformersOptions {
  readonly cluster: Pick<Cluster, 'list' | 'watch'>;
  /** Undefined is all namespaces. */
  readonly namespace: string | undefined;
  readonly times: WatchTimes;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
}

/** Everything that the operator watches. */
export interface Informers {
  readonly daywatches: Informer<KubeObject>;
  readonly scrapetargets: Informer<KubeObject>;
  readonly healthchecks: Informer<KubeObject>;
  /** Services are all there are, because targets are found among them; the others are this operator's alone. */
  readonly owned: Readonly<Record<OwnedKind, Informer<KubeObject>>>;
  readonly services: Informer<LiveService>;
  readonly pods: Informer<LivePod>;
  readonly all: readonly Informer<KubeObject>[];
}

export function openInformers(options: InformersOptions): Informers {
  const { namespace, ...shared } = options;
  const watchAll = (resource: ResourceName): Informer<KubeObject> =>
    createInformer({ ...shared, resource, selection: { namespace }, keep: keepObject });
  const watchOwn = (resource: ResourceName): Informer<KubeObject> =>
    createInformer({
      ...shared,
      resource,
      selection: { namespace, labelSelector: MANAGED_SELECTOR },
      keep: keepObject,
    });
  const services = watchAll('services');
  const pods = createInformer({ ...shared, resource: 'pods', selection: { namespace }, keep: keepPod });
  const owned = Object.fromEntries(
    OWNED_KINDS.map((kind) => [kind, kind === 'services' ? services : watchOwn(kind)]),
  ) as Record<OwnedKind, Informer<KubeObject>>;
  const [daywatches, scrapetargets, healthchecks] = [
    watchAll('daywatches'),
    watchAll('scrapetargets'),
    watchAll('healthchecks'),
  ];
  return {
    daywatches,
    scrapetargets,
    healthchecks,
    owned,
    services: services,
    pods,
    all: [daywatches, scrapetargets, healthchecks, ...Object.values(owned), pods],
  };
}

/** Among what is the business of others targets are found; where that may not be looked at, each target says so. */
const OF_OTHERS: ReadonlySet<ResourceName> = new Set(['services', 'pods']);

/** What is not known of the cluster yet; undefined when the work may begin. */
export function describeUnsynced({
  all,
}: {
  readonly all: readonly Pick<Informer<KubeObject>, 'resource' | 'hasSynced' | 'trouble'>[];
}): string | undefined {
  // With nothing known of its own objects a leader would take away and make anew what is there.
  const isMissed = ({ resource, trouble }: (typeof all)[number]): boolean =>
    !OF_OTHERS.has(resource) || trouble()?.code !== 'forbidden';
  const waiting = all.filter((informer) => !informer.hasSynced() && isMissed(informer));
  if (waiting.length === 0) return undefined;
  const [trouble] = waiting.flatMap((informer) => informer.trouble()?.message ?? []);
  const names = waiting.map(({ resource }) => resource).join(', ');
  return `not listed yet: ${names}${trouble === undefined ? '' : `: ${trouble}`}`;
}
