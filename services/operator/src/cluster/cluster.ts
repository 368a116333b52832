import type { KubeObject, ObjectKey } from './kube-object.ts';
import type { ResourceName } from './resources.ts';

/** Which objects of a kind. */
export interface Selection {
  /** By default those of all namespaces. */
  readonly namespace?: string | undefined;
  /** In the spelling of the API: `app=x,tier in (a,b)`. */
  readonly labelSelector?: string | undefined;
}

interface ListOptions extends Selection {
  /** What is kept of each object; by default all of it. The rest is let go page by page: there may be thousands of them. */
  readonly keep?: (object: KubeObject) => KubeObject;
}

export interface ObjectList {
  readonly items: readonly KubeObject[];
  /** From where a watch goes on. */
  readonly resourceVersion: string;
}

export type WatchEvent =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: KubeObject }
  /** Nothing has changed up to here. */
  | { readonly type: 'BOOKMARK'; readonly resourceVersion: string };

export interface WatchOptions extends Selection {
  readonly resourceVersion: string;
  /** The API server ends the watch after that time. */
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
}

/**
 * The API of a cluster, as far as the operator needs it. Every call has a deadline of its own beside its signal.
 * @throws ClusterError
 */
export interface Cluster {
  /** All of them, however many pages they are. */
  list(resource: ResourceName, options: ListOptions, signal?: AbortSignal): Promise<ObjectList>;
  /** Begins with a bookmark, when it is answered. Ends when the API server ends it; throws `gone` when the history is not there any more. */
  watch(resource: ResourceName, options: WatchOptions): AsyncIterable<WatchEvent>;
  get(resource: ResourceName, key: ObjectKey, signal?: AbortSignal): Promise<KubeObject>;
  create(resource: ResourceName, object: KubeObject, signal?: AbortSignal): Promise<KubeObject>;
  /** Writes the object as a whole; `conflict` when it is not as of its `resourceVersion` any more. */
  replace(resource: ResourceName, object: KubeObject, signal?: AbortSignal): Promise<KubeObject>;
  /**
   * Says what the operator wants of the object, by server-side apply: it is made where it is missing, what the operator
   * wanted before and does not any more is taken back, and fields of others are left alone.
   */
  apply(resource: ResourceName, object: KubeObject, options?: ApplyOptions): Promise<KubeObject>;
  /** Changes these fields alone, as a merge patch says. With a `resourceVersion` in it, only as of that. */
  merge(resource: ResourceName, key: ObjectKey, patch: object, signal?: AbortSignal): Promise<KubeObject>;
  /** Asks for it to be deleted. An object with this name and another uid is left alone: `conflict`. */
  delete(resource: ResourceName, object: KubeObject, options?: DeleteOptions): Promise<void>;
}

interface ApplyOptions {
  readonly subresource?: 'status';
  readonly signal?: AbortSignal | undefined;
}

interface DeleteOptions {
  /** `Foreground`: it is there until everything that it owns is gone. By default what it owns goes after it. */
  readonly propagation?: 'Foreground' | 'Background';
  readonly signal?: AbortSignal | undefined;
}
