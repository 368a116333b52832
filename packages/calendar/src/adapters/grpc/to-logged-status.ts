import type { Metadata, StatusObject } from '@grpc/grpc-js';
import type { ErrorLog } from './options.ts';
import { toOutcome } from './outcome.ts';
import { requestIdOf } from './request-id.ts';
import { toStatus } from './to-status.ts';

/** The status of an error. What is no expected outcome is logged with all that the client is not told. */
export function toLoggedStatus(error: unknown, metadata: Metadata, log: ErrorLog): StatusObject {
  const requestId = requestIdOf(metadata);
  const outcome = toOutcome(error, requestId);
  if (outcome.code === 'internal') log.error({ err: error, requestId }, 'a call failed');
  if (outcome.code === 'unavailable') log.warn({ err: error, requestId }, 'a call found no storage');
  return toStatus(outcome, requestId);
}
