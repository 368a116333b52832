import type { KubeObject } from '../object/kube-object.ts';

/** One write, in the order of revisions. */
export interface StoreEvent {
  readonly revision: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly storageKey: string;
  /** As it is now; for a removal, as it was last, with the revision of the removal. */
  readonly object: KubeObject;
  /** As it was before: what a watch with a selector needs to know that an object has left it. */
  readonly previous?: KubeObject;
}

/** `namespace/name`; the namespace is empty for what lies in none. */
export function objectKey(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

export function keyOfObject({ metadata }: KubeObject): string {
  return objectKey(metadata.namespace, metadata.name);
}
