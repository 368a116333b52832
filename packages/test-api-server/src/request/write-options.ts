import { ApiError, badRequest } from '../object/api-error.ts';
import type { ApiRequest } from './api-request.ts';

export interface WriteOptions {
  readonly fieldManager: string;
  readonly isDryRun: boolean;
  /** Whether an apply takes fields from others. */
  readonly isForced: boolean;
  /** Whether a field that the schema does not know is an error, and not dropped in silence. */
  readonly isStrict?: boolean;
}

export const APPLY_PATCH = 'application/apply-patch+yaml';

/** The query parameters of a write. @throws ApiError 400 or 422 */
export function parseWriteOptions({ query, userAgent, contentType }: ApiRequest): WriteOptions {
  const manager = query.get('fieldManager') ?? '';
  const isApply = contentType === APPLY_PATCH;
  if (isApply && manager === '')
    throw invalidOption('fieldManager', 'Required value: is required for apply patch');
  if (manager.length > 128) throw invalidOption('fieldManager', `Too long: may not be more than 128 bytes`);
  const isForced = query.get('force') === 'true';
  if (!isApply && query.has('force'))
    throw invalidOption('force', 'Forbidden: may not be specified for non-apply patch');
  const dryRun = query.getAll('dryRun');
  if (dryRun.some((value) => value !== 'All'))
    throw badRequest(`dryRun: Unsupported value: "${dryRun.join(',')}": supported values: "All"`);
  // As the real server does: the first word of the user agent, up to its version.
  const agent = userAgent.split('/')[0]?.slice(0, 128) ?? '';
  const isStrict = query.get('fieldValidation') === 'Strict';
  return { fieldManager: manager || agent || 'unknown', isDryRun: dryRun.length > 0, isForced, isStrict };
}

function invalidOption(field: string, message: string): ApiError {
  return new ApiError(422, 'Invalid', `PatchOptions.meta.k8s.io "" is invalid: ${field}: ${message}`, {
    kind: 'PatchOptions',
    resource: { group: 'meta.k8s.io', plural: 'PatchOptions' },
    causes: [{ reason: 'FieldValueInvalid', message, field }],
  });
}
