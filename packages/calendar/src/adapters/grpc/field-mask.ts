import type { FieldMask } from '@bufbuild/protobuf/wkt';
import { ErrInvalidRequest } from '../../errors.ts';
import { abbreviate } from '../../time/plain-date.ts';

/** What a mask may say of a message. */
export interface MaskRule<Field extends string> {
  /** What may be named; a part of a field as `recurrence.rrule`. */
  readonly fields: readonly Field[];
  /** Fields that the message has, and why they cannot be named. */
  readonly readOnly: Readonly<Record<string, string>>;
}

/** What an update changes: what is set, what is named, or all of it (AIP-134). */
export type ParsedMask<Field extends string> =
  | { readonly kind: 'set-fields' }
  | { readonly kind: 'named'; readonly fields: readonly Field[] }
  | { readonly kind: 'all' };

/**
 * Reads a field mask. No mask and an empty one are the same: the fields that are set. `*` stands alone
 * and replaces the whole resource: a field that is unset is cleared.
 * @throws ErrInvalidRequest that names every path that is unknown, read-only, or there twice.
 */
export function parseMask<Field extends string>(
  mask: FieldMask | undefined,
  { fields, readOnly }: MaskRule<Field>,
): ParsedMask<Field> {
  const paths = mask?.paths ?? [];
  if (paths.length === 0) return { kind: 'set-fields' };
  if (paths.length === 1 && paths[0] === '*') return { kind: 'all' };
  const isField = (path: string): path is Field => (fields as readonly string[]).includes(path);
  const named = new Set<Field>();
  const problems = new Set<string>();
  for (const path of paths) {
    const shown = `'${abbreviate(path)}'`;
    const whole = path.slice(0, path.lastIndexOf('.'));
    if (isField(path) && named.has(path)) problems.add(`${shown} is named twice`);
    else if (isField(path) && paths.includes(whole))
      problems.add(`${shown} is a part of '${whole}', which is named`);
    else if (isField(path)) named.add(path);
    else if (path === '*') problems.add(`${shown} replaces everything and stands alone`);
    else if (Object.hasOwn(readOnly, path)) problems.add(`${shown} ${readOnly[path]}`);
    else problems.add(`${shown} is no field`);
  }
  if (problems.size === 0) return { kind: 'named', fields: [...named] };
  const listed = [...problems].slice(0, 5).join(', ');
  throw new ErrInvalidRequest([
    { field: 'update_mask', description: `${listed}; allowed are ${fields.join(', ')}, or * alone` },
  ]);
}
