import { excerpt } from './excerpt.ts';

/** What a credential may be used for. */
export const SCOPES = ['calendar', 'monitor:read'] as const;

export type Scope = (typeof SCOPES)[number];

/**
 * Reads a list of scopes; the order and repetitions do not matter.
 * @returns them in the order of SCOPES, none twice.
 * @throws RangeError that names the value and what is allowed.
 */
export function parseScopes(texts: readonly string[]): readonly Scope[] {
  const unknown = texts.find((text) => !SCOPES.some((scope) => scope === text));
  if (unknown !== undefined) throw new RangeError(`${excerpt(unknown)} is no scope; ${ALLOWED}`);
  const scopes = SCOPES.filter((scope) => texts.includes(scope));
  if (scopes.length === 0) throw new RangeError(`no scope is given; ${ALLOWED}`);
  return scopes;
}

const ALLOWED = `allowed are ${SCOPES.join(', ')}`;
