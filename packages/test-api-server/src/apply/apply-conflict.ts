import { ApiError } from '../object/api-error.ts';
import { describePaths, type FieldSet } from './field-set.ts';
import type { FieldManager } from './field-managers.ts';

/** What an apply would take from another manager. */
export interface OwnershipConflict {
  readonly owner: FieldManager;
  readonly fields: FieldSet;
}

/** The 409 of an apply that is not forced; its causes name every field and who owns it. */
export function applyConflict(conflicts: readonly OwnershipConflict[]): ApiError {
  const fields = conflicts
    .flatMap(({ owner, fields }) =>
      describePaths(fields).map((path) => ({ owner: describeManager(owner), path })),
    )
    .toSorted((left, right) => (left.owner + left.path < right.owner + right.path ? -1 : 1));
  const causes = fields.map(({ owner, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${owner}`,
    field: path,
  }));
  return new ApiError(409, 'Conflict', describe(fields), { causes });
}

function describe(fields: readonly { readonly owner: string; readonly path: string }[]): string {
  const [first] = fields;
  if (fields.length === 1 && first !== undefined)
    return `Apply failed with 1 conflict: conflict with ${first.owner}: ${first.path}`;
  const lines = fields.flatMap(({ owner, path }, at) => [
    ...(fields[at - 1]?.owner === owner ? [] : [`conflicts with ${owner}:`]),
    `- ${path}`,
  ]);
  return `Apply failed with ${fields.length} conflicts: ${lines.join('\n')}`;
}

function describeManager({ manager, operation, apiVersion, subresource, time }: FieldManager): string {
  const place = subresource === undefined ? '' : ` with subresource ${JSON.stringify(subresource)}`;
  const use = operation === 'Update' ? ` using ${apiVersion} at ${time}` : '';
  return `${JSON.stringify(manager)}${place}${use}`;
}
