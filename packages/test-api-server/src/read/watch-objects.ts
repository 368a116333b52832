import type { ApiState } from '../api-state.ts';
import { badRequest, expired, type ApiError } from '../object/api-error.ts';
import type { JsonObject, KubeObject } from '../object/kube-object.ts';
import type { ApiRequest } from '../request/api-request.ts';
import { apiVersionOf, storageKeyOf } from '../resource/resource-type.ts';
import type { StoreEvent } from '../store/store-event.ts';
import { parseRevision, toFilter, type ObjectFilter } from './list-objects.ts';

export type WatchEvent =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: KubeObject }
  | { readonly type: 'BOOKMARK' | 'ERROR'; readonly object: JsonObject };

export interface Watch {
  /** Sends a bookmark of now, where the client allows that. */
  bookmark(): void;
  stop(): void;
}

/**
 * Tells every event that the request asks for, from the revision it names, or from what is there now. A revision
 * that is compacted ends in an ERROR event with 410.
 *
 * @throws ApiError 400
 */
export function watchObjects(
  { store }: ApiState,
  request: ApiRequest,
  tell: (event: WatchEvent) => void,
  end: () => void,
): Watch {
  const { query, resource, namespace } = request;
  const storageKey = storageKeyOf(resource);
  const filter = toFilter(request);
  const allowsBookmarks = query.get('allowWatchBookmarks') === 'true';
  const isMine = (event: StoreEvent): boolean =>
    event.storageKey === storageKey &&
    (namespace === undefined || event.object.metadata.namespace === namespace);
  const tellEvent = (event: StoreEvent): void => {
    const seen = isMine(event) ? toWatchEvent(event, filter) : undefined;
    if (seen !== undefined) tell(seen);
  };

  const bookmark = (annotations?: JsonObject): void =>
    tell({
      type: 'BOOKMARK',
      object: {
        kind: resource.kind,
        apiVersion: apiVersionOf(resource),
        metadata: {
          resourceVersion: String(store.revision),
          creationTimestamp: null,
          ...(annotations !== undefined && { annotations }),
        },
      },
    });

  const from = parseRevision(query.get('resourceVersion') ?? '');
  const wantsInitial = wantsInitialEvents(query, allowsBookmarks);
  if (wantsInitial ?? from === 0) {
    for (const object of store.list(storageKey, namespace).filter(filter)) tell({ type: 'ADDED', object });
    if (wantsInitial === true) bookmark({ 'k8s.io/initial-events-end': 'true' });
  } else {
    const missed = from === 0 ? [] : store.eventsAfter(from);
    if (missed === undefined) {
      tell({ type: 'ERROR', object: tooOld(from, store.compactedRevision).toStatus() });
      end();
      return { bookmark: () => {}, stop: () => {} };
    }
    for (const event of missed) tellEvent(event);
  }
  const stop = store.subscribe(tellEvent);
  return { bookmark: () => (allowsBookmarks ? bookmark() : undefined), stop };
}

export function tooOld(asked: number, oldest: number): ApiError {
  return expired(`too old resource version: ${asked} (${oldest})`);
}

function wantsInitialEvents(query: URLSearchParams, allowsBookmarks: boolean): boolean | undefined {
  const asked = query.get('sendInitialEvents');
  if (asked === null) return undefined;
  if (asked === 'true' && (!allowsBookmarks || query.get('resourceVersionMatch') !== 'NotOlderThan'))
    throw badRequest(
      'sendInitialEvents requires allowWatchBookmarks=true and resourceVersionMatch=NotOlderThan',
    );
  return asked === 'true';
}

/** A selector makes an object come and go as it fits and no longer fits. */
function toWatchEvent({ type, object, previous }: StoreEvent, filter: ObjectFilter): WatchEvent | undefined {
  const isIn = type !== 'DELETED' && filter(object);
  const wasIn = previous !== undefined && filter(previous);
  if (isIn) return { type: wasIn ? 'MODIFIED' : 'ADDED', object };
  if (!wasIn) return undefined;
  if (type === 'DELETED') return { type, object };
  const { resourceVersion } = object.metadata;
  return {
    type: 'DELETED',
    object: {
      ...previous,
      metadata: { ...previous.metadata, ...(resourceVersion !== undefined && { resourceVersion }) },
    },
  };
}
