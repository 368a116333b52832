/**
 * Whether an object has everything that is wanted of it. What it has besides (defaults of the API server, fields of
 * others) does not count, but for what Kubernetes takes as one value: a label more in a selector selects other pods.
 * Where this says no although all is well (a quantity in another spelling), one apply too many is the price, and it
 * changes nothing.
 */
export function covers(live: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted))
    return isEmptyToo(live, wanted) || (Array.isArray(live) && coversList(live, wanted));
  if (!isRecord(wanted)) return live === wanted;
  if (!isRecord(live)) return false;
  return Object.entries(wanted).every(
    ([field, value]) =>
      value === undefined || (ATOMIC.has(field) ? equals(live[field], value) : covers(live[field], value)),
  );
}

/**
 * Fields whose content has one owner: applying replaces it as a whole, and what somebody has added is drift. Selectors
 * of every kind, the rules of NetworkPolicies and those of Ingresses. None has defaults that are not described.
 */
const ATOMIC = new Set([
  'selector',
  'labelSelector',
  'podSelector',
  'namespaceSelector',
  'nodeSelector',
  'ingress',
  'egress',
  'policyTypes',
  'rules',
  'tls',
]);

function equals(live: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    if (isEmptyToo(live, wanted)) return true;
    return (
      Array.isArray(live) && live.length === wanted.length && wanted.every((item, i) => equals(live[i], item))
    );
  }
  if (!isRecord(wanted) || !isRecord(live)) return live === wanted;
  return [...new Set([...Object.keys(live), ...Object.keys(wanted)])].every((field) =>
    equals(live[field], wanted[field]),
  );
}

/** The API server leaves out lists that are empty. */
function isEmptyToo(live: unknown, wanted: readonly unknown[]): boolean {
  return wanted.length === 0 && live === undefined;
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

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasKey(item: unknown, key: string): item is Record<string, unknown> {
  return isRecord(item) && key in item;
}

function sameKey(a: unknown, b: unknown, key: string): boolean {
  return hasKey(a, key) && hasKey(b, key) && a[key] === b[key];
}
