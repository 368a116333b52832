import type { ResourceRegistry } from './resource/resource-registry.ts';
import type { ObjectStore } from './store/object-store.ts';

/** Milliseconds since the epoch. */
export interface Clock {
  now(): number;
}

/** What every use case stands on. */
export interface ApiState {
  readonly store: ObjectStore;
  readonly registry: ResourceRegistry;
  readonly clock: Clock;
}

/** As Kubernetes writes times: RFC 3339, to the second. */
export function timeNow({ clock }: Pick<ApiState, 'clock'>): string {
  return new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z');
}
