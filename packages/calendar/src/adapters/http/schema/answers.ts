import { ErrorAnswer } from '@daywatch/service-kit/openapi';
import { z } from 'zod';

/** What a header of an answer means, for the documentation. */
export type AnswerHeaders = Readonly<
  Record<string, { readonly type: 'string'; readonly description: string; readonly example: string }>
>;

/** The version that an answer is. */
export const ETAG = {
  ETag: { type: 'string', description: 'The etag of the event, in quotes.', example: '"1a"' },
} as const satisfies AnswerHeaders;

export interface Answer {
  readonly description: string;
  readonly headers?: AnswerHeaders;
  readonly content: Readonly<Record<string, { readonly schema: z.ZodType }>>;
}

/** The answers of one operation by HTTP status, as Fastify takes them. */
export type Answers = Readonly<Record<number, Answer | z.ZodType>>;

/** A success with a body. */
export function ok(schema: z.ZodType, description: string, headers?: AnswerHeaders): Answer {
  return { description, ...(headers && { headers }), content: { 'application/json': { schema } } };
}

/** A success without a body. */
export function empty(description: string): z.ZodType {
  return z.null().meta({ description });
}

/** Every error that an operation may have, with the status that it comes as. */
const ERRORS = {
  invalid_request: [400, 'the request is malformed, or a parameter is wrong'],
  invalid_event: [400, 'a field of the event is wrong'],
  invalid_calendar: [400, 'a field of the calendar is wrong'],
  unauthenticated: [401, 'credentials are missing or wrong'],
  forbidden: [403, 'the credentials lack the scope `calendar`, or come from another origin'],
  event_not_found: [404, 'the user has no such event'],
  occurrence_not_found: [404, 'the event has no such occurrence, or no longer has it'],
  calendar_not_found: [404, 'the user has no such calendar'],
  date_busy: [409, 'the time is taken; `details` say by what'],
  event_exists: [409, 'an event of that id has other content, or the uid is taken'],
  calendar_exists: [409, 'a calendar of that id has other content'],
  stale_event: [412, 'the event has changed since the version that the etag names'],
  payload_too_large: [413, 'the body is larger than `limits.body`'],
  unsupported_media_type: [415, 'the body is not JSON'],
  rate_limited: [429, 'too many requests are waiting; `Retry-After` says when to try again'],
  internal: [500, 'something broke here; the log has the request id'],
  unavailable: [503, 'the database is away, or the process is stopping'],
  deadline_exceeded: [504, 'the request took longer than `limits.request_timeout`'],
} as const satisfies Record<string, readonly [number, string]>;

type DocumentedError = keyof typeof ERRORS;

const ALWAYS: readonly DocumentedError[] = [
  'invalid_request',
  'unauthenticated',
  'forbidden',
  'rate_limited',
  'internal',
  'unavailable',
  'deadline_exceeded',
];

/** The errors of an operation besides those that all have, by status. */
export function errors(...codes: readonly DocumentedError[]): Answers {
  const answers: Record<number, Answer> = {};
  for (const code of [...codes, ...ALWAYS]) {
    const [status, meaning] = ERRORS[code];
    const before = answers[status] ? `${answers[status].description}; ` : '';
    answers[status] = ok(ErrorAnswer, `${before}\`${code}\`: ${meaning}`);
  }
  return answers;
}
