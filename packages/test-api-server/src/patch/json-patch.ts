import { ApiError, badRequest } from '../object/api-error.ts';
import { isJsonObject, toText, type Json } from '../object/kube-object.ts';
import { isSameJson } from '../object/same-json.ts';

/** RFC 6902. The value is not changed; the result shares what the patch leaves alone. @throws ApiError 400, 422 */
export function applyJsonPatch(value: Json, patch: Json | undefined): Json {
  if (!Array.isArray(patch)) throw badRequest('a JSON patch must be a list of operations');
  return patch.reduce<Json>(
    (current, operation) => applyOperation(current, operation),
    structuredClone(value),
  );
}

function applyOperation(document: Json, operation: Json): Json {
  if (!isJsonObject(operation)) throw badRequest('an operation of a JSON patch must be an object');
  const { op, path, from, value } = operation;
  const steps = parsePointer(path);
  switch (op) {
    case 'add':
      return add(document, steps, value ?? null);
    case 'remove':
      return remove(document, steps);
    case 'replace':
      return add(remove(document, steps), steps, value ?? null);
    case 'move': {
      const source = parsePointer(from);
      const moved = find(document, source);
      return add(remove(document, source), steps, moved);
    }
    case 'copy':
      return add(document, steps, structuredClone(find(document, parsePointer(from))));
    case 'test':
      if (!isSameJson(find(document, steps), value))
        throw unprocessable(`testing value ${toText(path)} failed`);
      return document;
    default:
      throw badRequest(`Unexpected kind: ${toText(op)}`);
  }
}

function parsePointer(pointer: Json | undefined): string[] {
  if (typeof pointer !== 'string' || (pointer !== '' && !pointer.startsWith('/')))
    throw badRequest(`'${toText(pointer)}' is not a JSON pointer`);
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function find(document: Json, steps: readonly string[]): Json {
  return steps.reduce<Json>((current, step) => {
    const next = Array.isArray(current)
      ? current[toIndex(step, current.length - 1)]
      : isJsonObject(current)
        ? current[step]
        : undefined;
    if (next === undefined) throw missing(steps);
    return next;
  }, document);
}

function add(document: Json, steps: readonly string[], value: Json): Json {
  const last = steps.at(-1);
  if (last === undefined) return value;
  const parent = find(document, steps.slice(0, -1));
  if (Array.isArray(parent))
    parent.splice(last === '-' ? parent.length : toIndex(last, parent.length), 0, value);
  else if (isJsonObject(parent)) parent[last] = value;
  else throw missing(steps);
  return document;
}

function remove(document: Json, steps: readonly string[]): Json {
  const last = steps.at(-1);
  if (last === undefined) return null;
  find(document, steps);
  const parent = find(document, steps.slice(0, -1));
  if (Array.isArray(parent)) parent.splice(toIndex(last, parent.length - 1), 1);
  else if (isJsonObject(parent)) delete parent[last];
  return document;
}

function toIndex(step: string, max: number): number {
  const index = /^(0|[1-9]\d*)$/.test(step) ? Number(step) : -1;
  if (index < 0 || index > max) throw unprocessable(`invalid index referenced: ${step}`);
  return index;
}

function missing(steps: readonly string[]): ApiError {
  return unprocessable(
    `the server rejected our request due to an error in our request: no value at /${steps.join('/')}`,
  );
}

function unprocessable(message: string): ApiError {
  return new ApiError(422, 'Invalid', message);
}
