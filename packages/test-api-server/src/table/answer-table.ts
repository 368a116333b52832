import { timeNow, type ApiState } from '../api-state.ts';
import { toText, type Json, type JsonObject, type KubeObject } from '../object/kube-object.ts';
import type { ApiRequest } from '../request/api-request.ts';
import type { ObjectList } from '../read/list-objects.ts';
import type { Column } from '../resource/resource-type.ts';
import { columnsOf } from './built-in-columns.ts';
import { findByJsonPath } from './json-path.ts';
import { formatAge } from './format-age.ts';

/** Whether the client would rather print than think: kubectl does. */
export function wantsTable({ accept, verb }: Pick<ApiRequest, 'accept' | 'verb'>): boolean {
  return /as=Table/.test(accept) && (verb === 'get' || verb === 'list' || verb === 'watch');
}

/** Objects as rows of columns, with what kubectl needs of each object beside it. */
export function answerTable(
  objects: readonly KubeObject[],
  { resource, accept, query }: ApiRequest,
  state: ApiState,
  list?: ObjectList,
): JsonObject {
  const columns = columnsOf(resource);
  const version = /as=Table;v=v1beta1/.test(accept) && !/as=Table;v=v1[;,]/.test(accept) ? 'v1beta1' : 'v1';
  const includes = query.get('includeObject') ?? 'Metadata';
  const now = Date.parse(timeNow(state));
  return {
    kind: 'Table',
    apiVersion: `meta.k8s.io/${version}`,
    metadata: {
      resourceVersion: list?.resourceVersion ?? objects[0]?.metadata.resourceVersion ?? '',
      ...(list?.continue !== undefined && { continue: list.continue }),
      ...(list?.remainingItemCount !== undefined && { remainingItemCount: list.remainingItemCount }),
    },
    columnDefinitions: columns.map(({ name, type, format = '', description = '', priority }) => ({
      name,
      type,
      format,
      description,
      priority,
    })),
    rows: objects.map((object) => ({
      cells: columns.map((column) => cellOf(object, column, now)),
      object: includes === 'Object' ? object : partial(object, version),
    })),
  };
}

function cellOf(object: KubeObject, { jsonPath, type }: Column, now: number): Json {
  const found = findByJsonPath(object, jsonPath);
  if (found.length === 0) return type === 'date' ? '<unknown>' : null;
  if (type === 'date') return formatAge(toText(found[0]), now);
  if (type === 'string') return found.map(toText).join(',');
  return found[0] ?? null;
}

function partial({ metadata }: KubeObject, version: string): JsonObject {
  return { kind: 'PartialObjectMetadata', apiVersion: `meta.k8s.io/${version}`, metadata };
}
