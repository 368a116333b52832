import type { ApiState } from '../api-state.ts';
import { ApiError, badRequest, expired } from '../object/api-error.ts';
import type { KubeObject } from '../object/kube-object.ts';
import type { ApiRequest } from '../request/api-request.ts';
import { storageKeyOf } from '../resource/resource-type.ts';
import { parseFieldSelector } from '../selector/field-selector.ts';
import { parseLabelSelector } from '../selector/label-selector.ts';
import { keyOfObject } from '../store/store-event.ts';

export type ObjectFilter = (object: KubeObject) => boolean;

export interface ObjectList {
  readonly items: readonly KubeObject[];
  readonly resourceVersion: string;
  readonly continue?: string;
  readonly remainingItemCount?: number;
}

/** What the selectors of a request, and its name, let through. @throws ApiError 400 */
export function toFilter({ query, resource, name }: ApiRequest): ObjectFilter {
  const labels = parseLabelSelector(query.get('labelSelector') ?? '');
  const fields = parseFieldSelector(query.get('fieldSelector') ?? '', resource.plural);
  return (object) =>
    labels(object.metadata.labels) && fields(object) && (name === undefined || object.metadata.name === name);
}

/**
 * The objects of a request, page by page where it has a limit. All pages show one revision.
 *
 * @throws ApiError 400, 410 where the revision is compacted, 504 where it is yet to come
 */
export function listObjects({ store }: ApiState, request: ApiRequest): ObjectList {
  const { query, resource, namespace } = request;
  const token = query.get('continue') ?? '';
  const page = token === '' ? undefined : decodeToken(token);
  const revision = page?.revision ?? revisionFor(query, store.revision);
  const all = store.listAt(storageKeyOf(resource), namespace, revision);
  if (all === undefined) throw page === undefined ? tooOldList() : tooOldToken();

  const filter = toFilter(request);
  const start = page === undefined ? 0 : all.findIndex((object) => keyOfObject(object) > page.after);
  const matching = (start === -1 ? [] : all.slice(start)).filter(filter);
  const limit = Number(query.get('limit') ?? 0) || matching.length;
  const items = matching.slice(0, limit);
  const last = items.at(-1);
  const resourceVersion = String(revision);
  if (last === undefined || items.length === matching.length) return { items, resourceVersion };
  return {
    items,
    resourceVersion,
    continue: encodeToken({ revision, after: keyOfObject(last) }),
    remainingItemCount: matching.length - items.length,
  };
}

interface Page {
  readonly revision: number;
  readonly after: string;
}

function encodeToken({ revision, after }: Page): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start: after })).toString(
    'base64url',
  );
}

function decodeToken(token: string): Page {
  try {
    const { rv, start } = JSON.parse(Buffer.from(token, 'base64url').toString()) as {
      readonly rv: number;
      readonly start: string;
    };
    return { revision: rv, after: start };
  } catch {
    throw badRequest(`continue key is not valid: ${token}`);
  }
}

function revisionFor(query: URLSearchParams, current: number): number {
  const asked = parseRevision(query.get('resourceVersion') ?? '');
  if (asked > current) throw tooLarge(asked, current);
  return query.get('resourceVersionMatch') === 'Exact' ? asked : current;
}

/** @throws ApiError 400; 0 where nothing is asked for */
export function parseRevision(text: string): number {
  if (text === '') return 0;
  if (!/^\d+$/.test(text)) throw badRequest(`invalid resource version "${text}"`);
  return Number(text);
}

function tooLarge(asked: number, current: number): ApiError {
  return new ApiError(504, 'Timeout', `Timeout: Too large resource version: ${asked}, current: ${current}`, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version', field: '' }],
    retryAfterSeconds: 1,
  });
}

function tooOldList(): ApiError {
  return expired('The resourceVersion for the provided list is too old.');
}

function tooOldToken(): ApiError {
  return expired(
    'The provided continue parameter is too old to display a consistent list result. You can start a new list ' +
      'without the continue parameter.',
  );
}
