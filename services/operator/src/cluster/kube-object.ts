/** Who an object belongs to: it goes when its owner does. */
export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

/** What every object of Kubernetes says of itself, as far as the operator reads or writes it. */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly finalizers?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly OwnerReference[];
}

/** Any object of Kubernetes. It is never changed in place. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/** Which object of a kind: all kinds that the operator knows lie in namespaces. */
export interface ObjectKey {
  readonly namespace: string;
  readonly name: string;
}

export function keyOf({ metadata }: Pick<KubeObject, 'metadata'>): ObjectKey {
  return { namespace: metadata.namespace ?? '', name: metadata.name };
}

/** `namespace/name`, as people write it and as maps are keyed by. */
export function formatKey({ namespace, name }: ObjectKey): string {
  return `${namespace}/${name}`;
}

export function parseKey(text: string): ObjectKey {
  const at = text.indexOf('/');
  return { namespace: text.slice(0, at), name: text.slice(at + 1) };
}
