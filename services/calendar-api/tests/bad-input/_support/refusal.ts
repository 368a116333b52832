import { expect } from 'vitest';

/** What a client is told that it got wrong, over either API. */
export interface Refusal {
  /** The HTTP status, or the name of the gRPC status. */
  readonly status: number | string;
  /** The stable code. */
  readonly reason: string;
  readonly message: string;
  /** The fields that the details name. */
  readonly fields: readonly string[];
  /** All that was answered. */
  readonly text: string;
  /** Whether it has exactly the documented shape. */
  readonly isWellFormed: boolean;
}

/** The statuses of each code that bad input leads to, as architecture.md and calendar-spec.md have them. */
const STATUSES: Readonly<Record<string, readonly [http: number, grpc: string]>> = {
  invalid_request: [400, 'INVALID_ARGUMENT'],
  invalid_event: [400, 'INVALID_ARGUMENT'],
  invalid_calendar: [400, 'INVALID_ARGUMENT'],
  unauthenticated: [401, 'UNAUTHENTICATED'],
  forbidden: [403, 'PERMISSION_DENIED'],
  not_found: [404, 'UNIMPLEMENTED'],
  event_not_found: [404, 'NOT_FOUND'],
  occurrence_not_found: [404, 'NOT_FOUND'],
  calendar_not_found: [404, 'NOT_FOUND'],
  method_not_allowed: [405, 'UNIMPLEMENTED'],
  date_busy: [409, 'FAILED_PRECONDITION'],
  event_exists: [409, 'ALREADY_EXISTS'],
  calendar_exists: [409, 'ALREADY_EXISTS'],
  stale_event: [412, 'ABORTED'],
  payload_too_large: [413, 'RESOURCE_EXHAUSTED'],
  unsupported_media_type: [415, 'UNIMPLEMENTED'],
};

/**
 * Asserts that an answer is the refusal that was due: code, status, words, shape, and nothing from inside.
 * @param status where it is another than the usual one of the code.
 */
export function expectRefusal(given: object, code: string, message: string, status?: number): void {
  const refusal = given as Refusal;
  expect(refusal.message ?? refusal).toContain(message);
  expect({ reason: refusal.reason, status: refusal.status }).toEqual({
    reason: code,
    status: status ?? STATUSES[code]?.[typeof refusal.status === 'number' ? 0 : 1],
  });
  expectClean(refusal);
}

/** What would tell of the inside: stacks, SQL, paths, and the names of what it is built with. */
const INSIDE =
  /\n\s+at |\.[jt]s:\d|node_modules|\/work|\/home|\/usr|packages\/|services\/|@daywatch|\b(?:SELECT|INSERT INTO|UPDATE calendar|DELETE FROM)\b|calendar\.(?:events|calendars|occurrences)\b|postgres|\bpg\b|fastify|FST_|zod|grpc-js|protobuf-es|undefined|\[object|(?:Type|Syntax|Range)Error/i;

// oxlint-disable-next-line no-control-regex -- terminals obey them: that none is repeated is the point.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/;

export function expectClean({ text, message, isWellFormed }: Refusal): void {
  expect(text).not.toMatch(INSIDE);
  expect(message).not.toMatch(CONTROL);
  expect(message).not.toBe('');
  expect({ text, isWellFormed }).toEqual({ text, isWellFormed: true });
}
