import { status } from '@grpc/grpc-js';
import type { CalendarErrorCode } from '../../errors.ts';
import type { CallError } from './call-errors.ts';

/** The stable codes of every outcome that is no success. */
export type OutcomeCode =
  | CalendarErrorCode
  | CallError['code']
  | 'unauthenticated'
  | 'forbidden'
  | 'payload_too_large'
  | 'rate_limited'
  | 'unimplemented'
  | 'unavailable'
  | 'internal';

/** The gRPC status of each code: the one table of this adapter. */
const STATUS_BY_CODE: Readonly<Record<OutcomeCode, status>> = {
  date_busy: status.FAILED_PRECONDITION,
  event_not_found: status.NOT_FOUND,
  occurrence_not_found: status.NOT_FOUND,
  event_exists: status.ALREADY_EXISTS,
  invalid_event: status.INVALID_ARGUMENT,
  stale_event: status.ABORTED,
  calendar_not_found: status.NOT_FOUND,
  calendar_exists: status.ALREADY_EXISTS,
  invalid_calendar: status.INVALID_ARGUMENT,
  invalid_request: status.INVALID_ARGUMENT,
  payload_too_large: status.RESOURCE_EXHAUSTED,
  unauthenticated: status.UNAUTHENTICATED,
  forbidden: status.PERMISSION_DENIED,
  rate_limited: status.RESOURCE_EXHAUSTED,
  unimplemented: status.UNIMPLEMENTED,
  deadline_exceeded: status.DEADLINE_EXCEEDED,
  cancelled: status.CANCELLED,
  unavailable: status.UNAVAILABLE,
  internal: status.INTERNAL,
};

export function statusOf(code: OutcomeCode): status {
  return STATUS_BY_CODE[code];
}

export function isOutcomeCode(code: unknown): code is OutcomeCode {
  return typeof code === 'string' && Object.hasOwn(STATUS_BY_CODE, code);
}
