import { createHash } from 'node:crypto';

/** The longest name that a checker takes. */
const MAX_LENGTH = 150;

/**
 * What the checker calls a target, for ever: the kind and name of its resource and, where that selects several, the
 * name of what was selected. Resources of one installation lie in one namespace, so that this is unique.
 */
export function nameEndpoint(
  { kind, metadata }: { readonly kind: string; readonly metadata: { readonly name: string } },
  selected?: string,
): string {
  const name = [kind.toLowerCase(), metadata.name, ...(selected === undefined ? [] : [selected])].join('/');
  if (name.length <= MAX_LENGTH) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 12);
  return `${name.slice(0, MAX_LENGTH - hash.length - 1)}-${hash}`;
}
