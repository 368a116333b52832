import { ErrorAnswer } from '@daywatch/service-kit/openapi';
import { z } from 'zod';

type AnswerHeaders = Readonly<Record<string, { readonly type: 'string'; readonly description: string }>>;

interface Answer {
  readonly description: string;
  readonly headers?: AnswerHeaders;
  readonly content: { readonly 'application/json': { readonly schema: z.ZodType } };
}

const ETAG = {
  ETag: { type: 'string', description: 'Names what the answer says; for `If-None-Match`.' },
} as const satisfies AnswerHeaders;

/** A success with a body. */
export function ok(schema: z.ZodType, description: string, headers?: AnswerHeaders): Answer {
  return { description, ...(headers && { headers }), content: { 'application/json': { schema } } };
}

/** A stream of server-sent events. */
export function events(schema: z.ZodType, description: string) {
  return { description, content: { 'text/event-stream': { schema } } } as const;
}

/** A success that a client may have already. */
export function okOrKnown(schema: z.ZodType, description: string) {
  return {
    200: ok(schema, description, ETAG),
    304: z.null().meta({ description: 'The client has it already.' }),
  };
}

/** The errors that every operation may have, with the status that they come as. */
const ERRORS = {
  400: '`invalid_request`: a parameter is wrong',
  401: '`unauthenticated`: credentials are missing or wrong',
  403: '`forbidden`: the credentials lack the scope `monitor:read`',
  429: '`rate_limited`: too many requests are waiting; `Retry-After` says when to try again',
  500: '`internal`: something broke here; the log has the request id',
  503: '`unavailable`: the database is away, or the process is stopping',
  504: '`deadline_exceeded`: the request took longer than `limits.request_timeout`',
} as const;

/** @param more what else a 400 may be. */
export function errors(more = ''): Readonly<Record<number, Answer>> {
  return Object.fromEntries(
    Object.entries(ERRORS).map(([status, description]) => [
      status,
      ok(ErrorAnswer, status === '400' ? description + more : description),
    ]),
  );
}

/** What a request may say of the answers that it has. */
export const ReadHeaders = z.looseObject({
  'if-none-match': z
    .string()
    .optional()
    .meta({ description: 'Etags that the client has already: the answer to one of them is 304.' }),
});
