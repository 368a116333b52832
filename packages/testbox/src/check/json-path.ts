export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A key of an object, or an index of a list; negative ones count from its end. */
export type PathStep = string | number;

const STEP = /\.?(?:(?<name>[^.[\]\s'"]+)|\[(?<index>-?\d{1,9})\]|\['(?<quoted>[^']*)'\])/y;

/** Reads `data.items[0].name`, `$`, `[-1].id` or `headers['x.y']`; undefined for anything else. */
export function parseJsonPath(path: string): readonly PathStep[] | undefined {
  const steps: PathStep[] = [];
  let position = path.startsWith('$') ? 1 : 0;
  if (path === '' || (position === 0 && path.startsWith('.'))) return undefined;
  while (position < path.length) {
    STEP.lastIndex = position;
    const groups = STEP.exec(path)?.groups;
    if (!groups) return undefined;
    const { name, index, quoted } = groups;
    // A name after the first step needs its dot, or `a[0]b` would be one.
    if (name !== undefined && position > 1 && path[position] !== '.') return undefined;
    steps.push(index === undefined ? (name ?? quoted ?? '') : Number(index));
    position = STEP.lastIndex;
  }
  return steps;
}

/** What the path leads to; undefined where there is no such thing. */
export function followPath(value: Json, steps: readonly PathStep[]): Json | undefined {
  let current: Json | undefined = value;
  for (const step of steps) {
    if (typeof current !== 'object' || current === null) return undefined;
    if (Array.isArray(current)) {
      const list: readonly Json[] = current;
      current = typeof step === 'number' ? list.at(step) : undefined;
    } else {
      const key = String(step);
      const object = current as Readonly<Record<string, Json>>;
      current = Object.hasOwn(object, key) ? object[key] : undefined;
    }
  }
  return current;
}
