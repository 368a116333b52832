import type { FieldViolation } from '../../errors.ts';
import type { BusyConflict } from '../../occurrence/occurrence.ts';
import { isOutcomeCode, type OutcomeCode } from './status-codes.ts';

/** What a client is told of a call that was no success. Nothing of it comes from inside. */
export interface Outcome {
  readonly code: OutcomeCode;
  readonly message: string;
  readonly violations?: readonly FieldViolation[] | undefined;
  readonly conflicts?: readonly BusyConflict[] | undefined;
  /** When trying again makes sense, in seconds from now. */
  readonly retryAfterSeconds?: number | undefined;
}

/** What errors of the packages around the calendar bring along, besides their code. */
interface KnownError extends Error {
  readonly violations?: readonly FieldViolation[];
  readonly conflicts?: readonly BusyConflict[];
  readonly retryAfterSeconds?: number;
  readonly outcomeUnknown?: boolean;
}

const UNAVAILABLE_RETRY_SECONDS = 1;

/** What to tell of an error: itself where its code is one of ours, else that something broke inside. */
export function toOutcome(error: unknown, requestId: string): Outcome {
  if (error instanceof Error && 'code' in error) {
    if (error.code === 'database_unavailable') return unavailable(error);
    if (isOutcomeCode(error.code) && error.code !== 'internal') {
      const { message, violations, conflicts, retryAfterSeconds } = error as KnownError;
      return { code: error.code, message, violations, conflicts, retryAfterSeconds };
    }
  }
  return {
    code: 'internal',
    message: `something broke inside; the log tells more under the request id '${requestId}'`,
  };
}

function unavailable({ outcomeUnknown }: KnownError): Outcome {
  const effect = outcomeUnknown === true ? '; whether the change was stored is not known' : '';
  return {
    code: 'unavailable',
    message: `the storage cannot be reached now${effect}; try again later`,
    retryAfterSeconds: UNAVAILABLE_RETRY_SECONDS,
  };
}
