import type { Manifest } from '../manifest.ts';

/** One thing that is asked of all objects together. */
export interface Rule {
  /** As the tool or the standard calls it. */
  readonly id: string;
  /** What is wrong, one line each. */
  readonly find: (objects: readonly Manifest[]) => readonly string[];
}

/** Breaks one thing, to see that its rule notices. It is given a copy. */
export interface CounterExample {
  readonly id: string;
  readonly breaks: string;
  readonly change: (objects: readonly Manifest[]) => readonly Manifest[];
}

/** Sets one field of the first object of a kind; `undefined` takes it away. */
export function change(id: string, kind: string, path: string, value: unknown): CounterExample {
  return {
    id,
    breaks: `${kind} ${path}: ${JSON.stringify(value) ?? 'missing'}`,
    change: (objects) => {
      const object = objects.find((each) => each.kind === kind);
      if (object === undefined) throw new TypeError(`nothing of the kind ${kind} was rendered`);
      setField(object, path.split('.'), value);
      return objects;
    },
  };
}

/** Takes all objects of a kind away. */
export function remove(id: string, kind: string): CounterExample {
  return { id, breaks: `no ${kind}`, change: (objects) => objects.filter((each) => each.kind !== kind) };
}

/** Adds one. */
export function add(id: string, object: Manifest): CounterExample {
  return { id, breaks: `a further ${object.kind}`, change: (objects) => [...objects, object] };
}

function setField(target: unknown, [first, ...rest]: readonly string[], value: unknown): void {
  if (first === undefined) throw new TypeError('a path needs a field');
  const record = target as Record<string, unknown>;
  if (rest.length > 0) {
    record[first] ??= {};
    setField(record[first], rest, value);
  } else if (value === undefined) delete record[first];
  else record[first] = value;
}
