import type { KubeObject } from '../object/kube-object.ts';
import type { ObjectList } from '../read/list-objects.ts';
import { apiVersionOf, type ResourceType } from '../resource/resource-type.ts';

const printed = new WeakMap<KubeObject, string>();
const printedItems = new WeakMap<KubeObject, string>();

/** The JSON of an object. Objects never change, so it is made once. */
export function printObject(object: KubeObject): string {
  const known = printed.get(object);
  if (known !== undefined) return known;
  const text = JSON.stringify(object);
  printed.set(object, text);
  return text;
}

/**
 * The JSON of a list. As in the real server, items of built-in kinds do not say their kind: clients that need
 * it must know it from the list.
 */
export function printList(list: ObjectList, resource: ResourceType): string {
  const { items, resourceVersion, remainingItemCount } = list;
  const metadata = {
    resourceVersion,
    ...(list.continue !== undefined && { continue: list.continue }),
    ...(remainingItemCount !== undefined && { remainingItemCount }),
  };
  const head = `"kind":"${resource.kind}List","apiVersion":"${apiVersionOf(resource)}"`;
  const texts = items.map(resource.custom === undefined ? printItem : printObject);
  return `{${head},"metadata":${JSON.stringify(metadata)},"items":[${texts.join(',')}]}`;
}

function printItem(object: KubeObject): string {
  const known = printedItems.get(object);
  if (known !== undefined) return known;
  const { apiVersion: _, kind: __, ...rest } = object;
  const text = JSON.stringify(rest);
  printedItems.set(object, text);
  return text;
}
