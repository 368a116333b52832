const PREFIX = '#/components/schemas/';

interface Document {
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> };
}

/**
 * Every named schema comes twice, as it is read (`NewEventInput`) and as it is written (`NewEvent`). Drops
 * those that nothing refers to, and gives `NewEventInput` the short name where that is free then.
 */
export function pruneComponents<T extends object>(document: T): T {
  const { components } = document as Document;
  const schemas = components?.schemas ?? {};
  const used = findUsed(document, schemas);
  const shortName = (name: string): string => {
    const short = name.replace(/Input$/, '');
    return used.has(short) ? name : short;
  };
  const kept = Object.fromEntries(
    [...used].toSorted().map((name) => [shortName(name), schemas[name]] as const),
  );
  const text = JSON.stringify({ ...document, components: { ...components, schemas: kept } });
  return JSON.parse(text, (key, value: unknown) =>
    key === '$ref' && typeof value === 'string' && value.startsWith(PREFIX)
      ? PREFIX + shortName(value.slice(PREFIX.length))
      : value,
  ) as T;
}

/** The names that the paths refer to, directly or through other schemas. */
function findUsed(document: object, schemas: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const used = new Set<string>();
  const visit = (value: unknown): void => {
    JSON.stringify(value, (key, child: unknown) => {
      if (key === '$ref' && typeof child === 'string' && child.startsWith(PREFIX)) {
        const name = child.slice(PREFIX.length);
        if (!used.has(name)) {
          used.add(name);
          visit(schemas[name]);
        }
      }
      return child;
    });
  };
  visit((document as { paths?: unknown }).paths);
  return used;
}
