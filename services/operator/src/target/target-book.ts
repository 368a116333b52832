import type { Daywatch, TargetEntry } from '@daywatch/installation';
import { formatKey, type KubeObject, type ObjectKey } from '../cluster/kube-object.ts';
import type { LivePod, LiveService } from '../cluster/live-objects.ts';
import type { Informer } from '../watching/informer.ts';
import { hasLabels } from './find-endpoints.ts';
import { resolveTarget, type Resolution, type TargetResource } from './resolve-target.ts';

export interface TargetBookOptions {
  readonly daywatches: Informer<KubeObject>;
  readonly scrapetargets: Informer<KubeObject>;
  readonly healthchecks: Informer<KubeObject>;
  readonly services: Informer<LiveService>;
  readonly pods: Informer<LivePod>;
}

/** Which resource: their kinds have names of their own. */
export interface TargetKey extends ObjectKey {
  readonly resource: 'scrapetargets' | 'healthchecks';
}

export function formatTargetKey({ resource, ...key }: TargetKey): string {
  return `${resource}/${formatKey(key)}`;
}

export function parseTargetKey(text: string): TargetKey {
  const [resource, namespace = '', name = ''] = text.split('/');
  return { resource: resource as TargetKey['resource'], namespace, name };
}

/**
 * What all target resources come to. Each is worked out once and remembered until something changes that it depends on,
 * so that a change of one among a thousand costs what one costs.
 */
export class TargetBook {
  readonly #options: TargetBookOptions;
  readonly #resolutions = new Map<string, Resolution>();
  readonly #listeners: ((key: TargetKey, installation: ObjectKey) => void)[] = [];

  constructor(options: TargetBookOptions) {
    this.#options = options;
    const { daywatches, scrapetargets, healthchecks, services, pods } = options;
    for (const informer of [scrapetargets, healthchecks]) {
      informer.onChange(({ before, after }) => {
        // Its installation may be another one now: both have to know.
        for (const object of [before, after])
          if (object !== undefined) this.#forget(object as TargetResource);
      });
    }
    daywatches.onChange(({ before, after }) => {
      if (hasChecker(before) === hasChecker(after)) return;
      const { namespace = '', name } = (after ?? before)?.metadata ?? { name: '' };
      for (const resource of this.#listOf({ namespace, name })) this.#forget(resource);
    });
    services.onChange((change) => this.#look(change, ({ service }) => service, servicesDiffer));
    pods.onChange((change) => this.#look(change, ({ pods: selector }) => selector, podsDiffer));
  }

  /** Told which resources may come to something else now. */
  onChange(listener: (key: TargetKey, installation: ObjectKey) => void): void {
    this.#listeners.push(listener);
  }

  get(key: TargetKey): TargetResource | undefined {
    return this.#options[key.resource].get(key) as TargetResource | undefined;
  }

  resolve(resource: TargetResource): Resolution {
    const key = formatTargetKey(keyOfTarget(resource));
    const known = this.#resolutions.get(key);
    if (known !== undefined) return known;
    const daywatch = this.#options.daywatches.get(installationOf(resource)) as Daywatch | undefined;
    const resolution = this.#resolveSafely(resource, daywatch);
    // What may not be looked at now may be later, and nothing would tell.
    if (resolution.kind !== 'refused' || resolution.reason !== 'Forbidden')
      this.#resolutions.set(key, resolution);
    return resolution;
  }

  /** One that nobody thought of must not keep the checker from all others. */
  #resolveSafely(resource: TargetResource, daywatch: Daywatch | undefined): Resolution {
    try {
      return resolveTarget(resource, daywatch, this.#options);
    } catch (error) {
      return {
        kind: 'refused',
        reason: 'Invalid',
        message: `it cannot be read: ${(error as Error).message}`,
      };
    }
  }

  /** What the checker of an installation watches, in a fixed order. */
  entriesOf(installation: ObjectKey): readonly TargetEntry[] {
    const entries = [...this.#listOf(installation)].flatMap((resource) => {
      const resolution = this.resolve(resource);
      return resolution.kind === 'accepted' ? resolution.entries : [];
    });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  *#listOf(installation: ObjectKey): Generator<TargetResource> {
    for (const resource of this.#all(installation.namespace)) {
      if (resource.spec.installation === installation.name) yield resource;
    }
  }

  *#all(namespace?: string): Generator<TargetResource> {
    for (const informer of [this.#options.scrapetargets, this.#options.healthchecks]) {
      for (const object of informer.list(namespace)) {
        if (object.metadata.deletionTimestamp === undefined) yield object as TargetResource;
      }
    }
  }

  /** Forgets what depends on an object that has changed in a way that matters. */
  #look<T extends KubeObject>(
    { before, after }: { readonly before: T | undefined; readonly after: T | undefined },
    selectorOf: (spec: TargetResource['spec']) => Selector | undefined,
    differ: (before: T, after: T) => boolean,
  ): void {
    if (before !== undefined && after !== undefined && !differ(before, after)) return;
    const namespace = (after ?? before)?.metadata.namespace ?? '';
    for (const resource of this.#all()) {
      const selector = selectorOf(resource.spec);
      if (selector === undefined || (selector.namespace ?? resource.metadata.namespace) !== namespace)
        continue;
      if ([before, after].some((object) => object !== undefined && selects(selector, object)))
        this.#forget(resource);
    }
  }

  #forget(resource: TargetResource): void {
    const key = keyOfTarget(resource);
    this.#resolutions.delete(formatTargetKey(key));
    for (const listener of this.#listeners) listener(key, installationOf(resource));
  }
}

interface Selector {
  readonly namespace?: string;
  readonly name?: string;
  readonly matchLabels?: Readonly<Record<string, string>>;
}

function selects({ name, matchLabels = {} }: Selector, object: KubeObject): boolean {
  return name === undefined ? hasLabels(object, matchLabels) : object.metadata.name === name;
}

export function keyOfTarget({ kind, metadata }: TargetResource): TargetKey {
  const resource = kind === 'ScrapeTarget' ? 'scrapetargets' : 'healthchecks';
  return { resource, namespace: metadata.namespace ?? '', name: metadata.name };
}

export function installationOf({ metadata, spec }: TargetResource): ObjectKey {
  return { namespace: metadata.namespace ?? '', name: spec.installation };
}

function hasChecker(daywatch: KubeObject | undefined): boolean {
  return (daywatch as Daywatch | undefined)?.spec.parts.checker.enabled ?? false;
}

function labelsDiffer(before: KubeObject, after: KubeObject): boolean {
  return JSON.stringify(before.metadata.labels) !== JSON.stringify(after.metadata.labels);
}

function servicesDiffer(before: LiveService, after: LiveService): boolean {
  return labelsDiffer(before, after) || JSON.stringify(before.spec) !== JSON.stringify(after.spec);
}

/** Most changes of a pod are of its conditions, and nothing to a target. */
function podsDiffer(before: LivePod, after: LivePod): boolean {
  const tell = ({ phase, ip, ports, metadata }: LivePod): string =>
    JSON.stringify([phase, ip, ports, metadata.deletionTimestamp]);
  return labelsDiffer(before, after) || tell(before) !== tell(after);
}
