import { roomForTargets, type Daywatch, type TargetEntry } from '@daywatch/installation';
import type { KubeObject, ObjectKey } from '../cluster/kube-object.ts';
import type { LivePod, LiveService } from '../cluster/live-objects.ts';
import type { Informer } from '../watching/informer.ts';
import type { Claim } from './fit-targets.ts';
import { refuse, resolveTarget, type Resolution, type TargetResource } from './resolve-target.ts';
import { podsDiffer, selects, servicesDiffer, type Selector } from './selection.ts';
import {
  formatTargetKey,
  installationOf,
  keyOfTarget,
  parseTargetKey,
  type TargetKey,
} from './target-key.ts';
import { TargetRooms } from './target-rooms.ts';

export interface TargetBookOptions {
  readonly daywatches: Informer<KubeObject>;
  readonly scrapetargets: Informer<KubeObject>;
  readonly healthchecks: Informer<KubeObject>;
  readonly services: Informer<LiveService>;
  readonly pods: Informer<LivePod>;
  /** The one namespace that they watch; undefined is all. */
  readonly namespace?: string | undefined;
}

type SelectorOf = (spec: TargetResource['spec']) => Selector | undefined;

/**
 * What all target resources come to. Each is worked out once and remembered until something changes that it depends on,
 * so that a change of one among a thousand costs what one costs.
 */
export class TargetBook {
  readonly #options: TargetBookOptions;
  readonly #resolutions = new Map<string, Resolution>();
  readonly #listeners: ((key: TargetKey, installation: ObjectKey) => void)[] = [];
  readonly #rooms: TargetRooms;

  constructor(options: TargetBookOptions) {
    this.#options = options;
    const { daywatches, scrapetargets, healthchecks, services, pods } = options;
    this.#rooms = new TargetRooms({
      keysOf: (installation) => this.#listOf(installation).map((each) => formatTargetKey(keyOfTarget(each))),
      claimOf: (key) => this.#claimOf(key),
      roomOf: (installation) => {
        const daywatch = daywatches.get(installation) as Daywatch | undefined;
        return daywatch === undefined ? 0 : roomForTargets(daywatch);
      },
      onNews: (key, installation) => this.#tell(parseTargetKey(key), installation),
    });
    for (const informer of [scrapetargets, healthchecks]) {
      informer.onChange(({ before, after }) => {
        // Most changes are of what the operator itself says of it, and alter nothing that it comes to.
        if (before !== undefined && after !== undefined && isSameSpecification(before, after)) return;
        // Its installation may be another one now: both have to know.
        for (const object of [before, after])
          if (object !== undefined) this.#forget(object as TargetResource);
      });
    }
    daywatches.onChange(({ before, after }) => {
      const { namespace = '', name } = (after ?? before)?.metadata ?? { name: '' };
      if (after === undefined) this.#rooms.forget({ namespace, name });
      else if (before?.metadata.generation !== after.metadata.generation)
        this.#rooms.resize({ namespace, name });
      if (hasChecker(before) === hasChecker(after)) return;
      for (const resource of this.#listOf({ namespace, name })) this.#forget(resource);
    });
    const selectService: SelectorOf = ({ service }) => service;
    const selectPods: SelectorOf = (spec) => spec.pods;
    services.onChange((change) => this.#look(change, selectService, servicesDiffer));
    pods.onChange((change) => this.#look(change, selectPods, podsDiffer));
    services.onTroubleChange(() => this.#lookForHidden(selectService));
    pods.onTroubleChange(() => this.#lookForHidden(selectPods));
  }

  /** Told which resources may come to something else now. */
  onChange(listener: (key: TargetKey, installation: ObjectKey) => void): void {
    this.#listeners.push(listener);
  }

  get(key: TargetKey): TargetResource | undefined {
    return this.#options[key.resource].get(key) as TargetResource | undefined;
  }

  /** What it comes to among all others. */
  resolve(resource: TargetResource): Resolution {
    const resolution = this.#resolveAlone(resource);
    if (resolution.kind !== 'accepted') return resolution;
    const leftOut = this.#rooms.leftOutOf(installationOf(resource));
    return leftOut.has(formatTargetKey(keyOfTarget(resource)))
      ? refuseForRoom(resource, resolution)
      : resolution;
  }

  #resolveAlone(resource: TargetResource): Resolution {
    const key = formatTargetKey(keyOfTarget(resource));
    const known = this.#resolutions.get(key);
    if (known !== undefined) return known;
    const daywatch = this.#options.daywatches.get(installationOf(resource)) as Daywatch | undefined;
    const resolution = this.#resolveSafely(resource, daywatch);
    // What may not be looked at may be at the next look.
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
    selectorOf: SelectorOf,
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

  /** What is there, or is not, may not be looked at any more, or again. What was found is held to meanwhile. */
  #lookForHidden(selectorOf: SelectorOf): void {
    for (const resource of this.#all()) {
      const resolution = this.#resolutions.get(formatTargetKey(keyOfTarget(resource)));
      if (selectorOf(resource.spec) !== undefined && resolution?.kind !== 'accepted') this.#forget(resource);
    }
  }

  #forget(resource: TargetResource): void {
    const [key, installation] = [keyOfTarget(resource), installationOf(resource)];
    const text = formatTargetKey(key);
    this.#resolutions.delete(text);
    const now = this.get(key);
    if (now?.spec.installation === installation.name && now.metadata.deletionTimestamp === undefined)
      this.#rooms.change(installation, text);
    else this.#rooms.remove(installation, text);
    this.#tell(key, installation);
  }

  #tell(key: TargetKey, installation: ObjectKey): void {
    for (const listener of this.#listeners) listener(key, installation);
  }

  #claimOf(key: string): Claim | undefined {
    const resource = this.get(parseTargetKey(key));
    const resolution = resource === undefined ? undefined : this.#resolveAlone(resource);
    if (resolution?.kind !== 'accepted') return undefined;
    return { key, createdAt: resource?.metadata.creationTimestamp ?? '', bytes: resolution.bytes };
  }
}

/** One that was made anew under its name is another one, although it begins to count again. */
function isSameSpecification({ metadata: before }: KubeObject, { metadata: after }: KubeObject): boolean {
  return (
    before.uid === after.uid &&
    before.generation === after.generation &&
    before.deletionTimestamp === after.deletionTimestamp
  );
}

function refuseForRoom(
  { spec }: TargetResource,
  { bytes, endpoints }: Extract<Resolution, { kind: 'accepted' }>,
): Resolution {
  return refuse(
    'NoRoom',
    `its ${endpoints.length} targets take ${bytes} bytes; the configuration of the checker of Daywatch \`${spec.installation}\` and older ScrapeTargets and HealthChecks leave no room for them in its ConfigMap; remove some, or select fewer`,
  );
}

/** Undefined where there is no Daywatch, which is another thing to say than that it has none. */
function hasChecker(daywatch: KubeObject | undefined): boolean | undefined {
  return (daywatch as Daywatch | undefined)?.spec.parts.checker.enabled;
}
