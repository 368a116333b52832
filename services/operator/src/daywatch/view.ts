import type { Daywatch, TargetEntry } from '@daywatch/installation';
import type { KubeObject } from '../cluster/kube-object.ts';
import type { LivePod } from '../cluster/live-objects.ts';
import type { ResourceName } from '../cluster/resources.ts';

/** What is known of an installation without asking anybody, as it was at one moment. */
export interface Sight {
  readonly daywatch: Daywatch;
  /** What there is in its namespace with the labels of this operator. */
  readonly find: <T extends KubeObject>(resource: ResourceName, name: string) => T | undefined;
  /** All that belongs to it. */
  readonly owned: readonly KubeObject[];
  /** Its pods. */
  readonly pods: readonly LivePod[];
  /** Whether those are all; not where pods may not be looked at. */
  readonly arePodsKnown: boolean;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/** Everything that decisions about one installation are made from. */
export interface View extends Sight {
  /** The keys of each Secret that it needs; undefined for one that is missing. */
  readonly secretKeys: ReadonlyMap<string, readonly string[] | undefined>;
  /** The claims for its volumes, as far as it has volumes of its own. */
  readonly claims: readonly string[];
  /** Which database it has, as `identify-database.ts` tells them apart. */
  readonly database: string;
  /** What its checker watches beside what its configuration names. */
  readonly targets: readonly TargetEntry[];
}

/** One thing to be done to the cluster. */
export type Write =
  | { readonly kind: 'apply'; readonly object: KubeObject }
  /** Only where there is none: what is there already stays as it is. */
  | { readonly kind: 'create'; readonly object: KubeObject }
  | {
      readonly kind: 'delete';
      readonly object: KubeObject;
      readonly propagation: 'Foreground' | 'Background';
    };

/** Something that is not as it should be, for the condition `Degraded`. */
export interface Problem {
  /** One word: `MigrationFailed`. */
  readonly reason: string;
  readonly message: string;
}
