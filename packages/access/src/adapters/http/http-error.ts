import type { AccessError } from '../../errors.ts';

/** The one table of HTTP statuses. */
const STATUS: Readonly<Record<AccessError['code'], number>> = {
  unauthenticated: 401,
  forbidden: 403,
  invalid_request: 400,
  token_exists: 409,
  token_not_found: 404,
  ambiguous_token: 409,
  invalid_config: 500,
};

/** The body that every error of an HTTP API has. */
export interface ErrorBody {
  readonly code: number;
  readonly error: string;
  readonly message: string;
  readonly details: readonly unknown[];
}

export function toErrorBody(error: AccessError): ErrorBody {
  const details = 'violations' in error ? error.violations : [];
  return { code: STATUS[error.code], error: error.code, message: error.message, details };
}
