/** An object whose reader is watched. */
export interface WatchedObject {
  readonly object: object;
  /** The fields that nobody has looked at, of objects that somebody has looked into: `spec.replicass`. */
  readonly listUnread: () => readonly string[];
}

/**
 * Watches what a validator looks at. One that is compiled from a schema asks for every field that the schema has, by
 * name, and passes over all others: what it never asks for, Kubernetes does not know.
 */
export function watchFields(root: object): WatchedObject {
  const seen = new Map<
    object,
    { readonly path: string; readonly read: Set<string>; readonly proxy: object }
  >();

  function watch(target: object, path: string): object {
    const known = seen.get(target);
    if (known !== undefined) return known.proxy;
    const read = new Set<string>();
    const proxy = new Proxy(target, {
      get(_, key) {
        const value: unknown = Reflect.get(target, key);
        if (typeof key === 'string') read.add(key);
        const isObject = typeof value === 'object' && value !== null;
        return isObject ? watch(value, path === '' ? String(key) : `${path}.${String(key)}`) : value;
      },
      ownKeys() {
        for (const key of Object.keys(target)) read.add(key);
        return Reflect.ownKeys(target);
      },
    });
    seen.set(target, { path, read, proxy });
    return proxy;
  }

  return {
    object: watch(root, ''),
    listUnread: () =>
      [...seen].flatMap(([target, { path, read }]) => {
        // What nobody looks into may hold anything.
        if (Array.isArray(target) || read.size === 0) return [];
        const unread = Object.keys(target).filter((key) => !read.has(key));
        return unread.map((key) => (path === '' ? key : `${path}.${key}`));
      }),
  };
}
