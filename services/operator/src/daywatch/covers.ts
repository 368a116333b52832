/**
 * Whether an object has everything that is wanted of it. What it has besides (defaults of the API server, fields of
 * others) does not count. Where this says no although all is well (a quantity in another spelling), one apply too many
 * is the price, and it changes nothing.
 */
export function covers(live: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) return Array.isArray(live) && coversList(live, wanted);
  if (typeof wanted !== 'object' || wanted === null) return live === wanted;
  if (typeof live !== 'object' || live === null || Array.isArray(live)) return false;
  return Object.entries(wanted).every(
    ([field, value]) => value === undefined || covers((live as Record<string, unknown>)[field], value),
  );
}

/** What tells the elements of a list apart, in the order in which it is looked for. */
const KEYS = ['name', 'mountPath', 'containerPort', 'port', 'topologyKey', 'uid', 'type'] as const;

/** Others may have added elements where elements are told apart; elsewhere a list is one value. */
function coversList(live: readonly unknown[], wanted: readonly unknown[]): boolean {
  const key = KEYS.find((each) => wanted.length > 0 && wanted.every((item) => hasKey(item, each)));
  if (key === undefined) {
    return live.length === wanted.length && wanted.every((item, i) => covers(live[i], item));
  }
  return wanted.every((item) => live.some((other) => sameKey(other, item, key) && covers(other, item)));
}

function hasKey(item: unknown, key: string): item is Record<string, unknown> {
  return typeof item === 'object' && item !== null && key in item;
}

function sameKey(a: unknown, b: unknown, key: string): boolean {
  return hasKey(a, key) && hasKey(b, key) && a[key] === b[key];
}
