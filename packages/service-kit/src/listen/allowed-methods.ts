/** Which methods a path has, for the answer to a request with another one. */
export interface AllowedMethods {
  readonly add: (pattern: string, methods: readonly string[]) => void;
  /** Sorted; empty for a path that is not there at all. */
  readonly find: (path: string) => readonly string[];
}

/**
 * The router finds a route by method and path together and cannot tell a wrong method from a wrong path; this
 * list can. It is asked only when no route was found.
 */
export function createAllowedMethods(): AllowedMethods {
  const patterns = new Map<string, { readonly expression: RegExp; readonly methods: Set<string> }>();
  return {
    add: (pattern, methods) => {
      // Static files: everything that is not there lies below them, and is "not found".
      if (/^\/?\*$/.test(pattern)) return;
      const entry = patterns.get(pattern) ?? { expression: toExpression(pattern), methods: new Set() };
      patterns.set(pattern, entry);
      for (const method of methods) entry.methods.add(method);
    },
    find: (path) => {
      const matching = patterns.values().filter(({ expression }) => expression.test(path));
      return [...new Set(matching.flatMap(({ methods }) => methods))].sort();
    },
  };
}

/** `/events/:id/*` as a regular expression. */
function toExpression(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[.+?^${}|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll(/:[A-Za-z0-9_]+(\([^)]*\))?/g, '[^/]+');
  return new RegExp(`^${source}$`);
}
