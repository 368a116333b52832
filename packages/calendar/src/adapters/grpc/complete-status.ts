import { status, type Metadata, type StatusObject } from '@grpc/grpc-js';
import type { Outcome } from './outcome.ts';
import { DETAILS_KEY, toStatus } from './to-status.ts';

/** A status as grpc-js passes it around. */
interface PartialStatus {
  readonly code: status;
  readonly details: string;
  readonly metadata?: Metadata | null | undefined;
}

/**
 * Gives a status that grpc-js made the details that ours have. Two of its own blame the server for
 * what the client did: they become `invalid_request`.
 */
export function completeStatus<S extends PartialStatus>(given: S, requestId: string): S | StatusObject {
  if (given.code === status.OK || (given.metadata && given.metadata.get(DETAILS_KEY).length > 0))
    return given;
  const outcome = outcomeOf(given);
  return outcome ? toStatus(outcome, requestId) : given;
}

function outcomeOf({ code, details }: PartialStatus): Outcome | undefined {
  switch (code) {
    case status.INTERNAL:
      return ofInternal(details);
    case status.RESOURCE_EXHAUSTED:
      return { code: 'payload_too_large', message: details };
    // No message or two of them, and a compression that is not known. A method that is not there never gets
    // here: grpc-js answers it before any interceptor.
    case status.UNIMPLEMENTED:
      return { code: 'unimplemented', message: details };
    case status.DEADLINE_EXCEEDED:
      return { code: 'deadline_exceeded', message: 'the deadline of the client has passed' };
    default:
      return undefined;
  }
}

function ofInternal(details: string): Outcome {
  if (details === 'Failed to decompress message') {
    return {
      code: 'invalid_request',
      message: 'the message cannot be decompressed; allowed are identity, gzip and deflate',
    };
  }
  if (details.startsWith('Invalid grpc-timeout value')) {
    return {
      code: 'invalid_request',
      message: 'grpc-timeout is no timeout; allowed are at most 8 digits and a unit, as in 500m',
    };
  }
  return { code: 'internal', message: 'something broke inside' };
}
