import { fromBinary } from '@bufbuild/protobuf';
import { anyUnpack, durationMs } from '@bufbuild/protobuf/wkt';
import { BusyConflictSchema, type BusyConflict } from '@daywatch/protocol/calendar';
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema, StatusSchema } from '@daywatch/protocol/rpc';
import type { ServiceError } from '@grpc/grpc-js';

export interface FieldViolation {
  readonly field: string;
  readonly description: string;
}

/** What is in the way of a time that is taken; times are RFC 3339, or dates. */
export interface Conflict {
  readonly event_id: string;
  readonly recurrence_id: string;
  readonly start: string;
  readonly end: string;
}

/** The message in the shape of the HTTP API. */
export function toConflictView({ eventId, recurrenceId, start, end }: BusyConflict): Conflict {
  return { event_id: eventId, recurrence_id: recurrenceId, start, end };
}

/** A call that did not succeed. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure';
  /** The stable code of the API, such as `date_busy`. */
  readonly code: string;
  /** Whether it was the server that said so; otherwise there was no answer. */
  readonly isAnswer: boolean;
  readonly violations: readonly FieldViolation[];
  readonly conflicts: readonly Conflict[];
  /** When trying again makes sense, in milliseconds from now. */
  readonly retryAfterMs: number | undefined;
  /** What helps beyond the message: found out by whoever knows more. */
  hints: readonly string[] = [];

  constructor(message: string, facts: FailureFacts, options?: ErrorOptions) {
    super(message, options);
    this.code = facts.code;
    this.isAnswer = facts.isAnswer;
    this.violations = facts.violations;
    this.conflicts = facts.conflicts;
    this.retryAfterMs = facts.retryAfterMs;
  }

  /** Reads the error of grpc-js, google.rpc.Status details included. */
  static from(error: ServiceError): CallFailure {
    const details = readDetails(error);
    const code = details.code ?? CODE_BY_STATUS.get(error.code) ?? 'internal';
    const isAnswer = details.code !== undefined || !NO_ANSWER.has(error.code);
    return new CallFailure(error.details || error.message, { ...details, code, isAnswer }, { cause: error });
  }
}

type FailureFacts = Pick<CallFailure, 'code' | 'isAnswer' | 'violations' | 'conflicts' | 'retryAfterMs'>;

/** The codes of answers that carry none, by gRPC status number: a proxy's, for example. */
const CODE_BY_STATUS: ReadonlyMap<number, string> = new Map([
  [1, 'cancelled'],
  [3, 'invalid_request'],
  [4, 'deadline_exceeded'],
  [5, 'not_found'],
  [7, 'forbidden'],
  [8, 'rate_limited'],
  [12, 'method_not_allowed'],
  [14, 'unavailable'],
  [16, 'unauthenticated'],
]);

/** DEADLINE_EXCEEDED and UNAVAILABLE come from the client itself where nobody answers. */
const NO_ANSWER: ReadonlySet<number> = new Set([4, 14]);

function readDetails(
  error: ServiceError,
): Omit<FailureFacts, 'code' | 'isAnswer'> & { readonly code?: string } {
  let code: string | undefined;
  let retryAfterMs: number | undefined;
  const violations: FieldViolation[] = [];
  const conflicts: Conflict[] = [];
  for (const detail of readStatus(error)?.details ?? []) {
    const info = anyUnpack(detail, ErrorInfoSchema);
    if (info?.domain === 'daywatch') code = info.reason;
    for (const { field, description } of anyUnpack(detail, BadRequestSchema)?.fieldViolations ?? []) {
      violations.push({ field, description });
    }
    const conflict = anyUnpack(detail, BusyConflictSchema);
    if (conflict) conflicts.push(toConflictView(conflict));
    const delay = anyUnpack(detail, RetryInfoSchema)?.retryDelay;
    if (delay) retryAfterMs = durationMs(delay);
  }
  return { ...(code === undefined ? {} : { code }), violations, conflicts, retryAfterMs };
}

function readStatus(error: ServiceError) {
  const [bytes] = error.metadata.get('grpc-status-details-bin');
  if (!(bytes instanceof Uint8Array)) return undefined;
  try {
    return fromBinary(StatusSchema, bytes);
  } catch {
    // Details are a courtesy: without readable ones the status itself still says what happened.
    return undefined;
  }
}
