import { status } from '@grpc/grpc-js';

import type { AccessError } from '../../errors.ts';

/** The one table of gRPC statuses. */
const STATUS: Readonly<Record<AccessError['code'], status>> = {
  unauthenticated: status.UNAUTHENTICATED,
  forbidden: status.PERMISSION_DENIED,
  invalid_request: status.INVALID_ARGUMENT,
  token_exists: status.ALREADY_EXISTS,
  token_not_found: status.NOT_FOUND,
  ambiguous_token: status.FAILED_PRECONDITION,
  invalid_config: status.INTERNAL,
};

/** The status of a call that ends with this error; its `code` is the `reason` of ErrorInfo. */
export function toGrpcStatus(error: AccessError): status {
  return STATUS[error.code];
}
