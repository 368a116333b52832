import { HTTP_STATUS_OF, HttpError, httpError } from './http-error.ts';
import type { HttpErrorName } from './http-error.ts';
import { OverloadedError } from './limiter.ts';

/** A service's own table from its domain errors to answers; undefined for what it does not know. */
export type MapError = (error: unknown) => HttpError | undefined;

interface FrameworkError extends Error {
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly validation?: readonly { readonly instancePath?: string; readonly message?: string }[];
  readonly validationContext?: string;
}

/** Names that an error may carry as its `code`; what it says is meant for the client. */
const SPEAKING: ReadonlySet<unknown> = new Set<HttpErrorName>([
  'invalid_request',
  'unauthenticated',
  'forbidden',
  'not_found',
  'rate_limited',
]);

/** The one answer for whatever a handler, a hook or the framework threw. What is not known is `internal`. */
export function toHttpError(error: unknown, mapError: MapError): HttpError {
  if (error instanceof HttpError) return error;
  const mapped = mapError(error);
  if (mapped) return mapped;
  if (error instanceof OverloadedError) {
    return httpError('rate_limited', error.message, {
      headers: { 'retry-after': String(error.retryAfterSeconds) },
    });
  }
  if (!(error instanceof Error)) return internalError(error);
  const { code } = error as FrameworkError;
  if (SPEAKING.has(code)) return httpError(code as HttpErrorName, error.message, { cause: error });
  if (code === 'unavailable' || code === 'database_unavailable') {
    return httpError('unavailable', 'something that the answer needs is not available now; try again soon', {
      cause: error,
      headers: { 'retry-after': '1' },
    });
  }
  if (code === 'deadline_exceeded' || error.name === 'TimeoutError') {
    return httpError('deadline_exceeded', 'the request took longer than limits.request_timeout allows', {
      cause: error,
    });
  }
  return fromFramework(error);
}

function fromFramework(error: FrameworkError): HttpError {
  if (error.validation) return fromValidation(error);
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return httpError('payload_too_large', 'the body is larger than limits.body allows', {
        headers: { connection: 'close' },
      });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_TYPE':
      return httpError(
        'unsupported_media_type',
        'content-type: the body is not in a type that is read here; allowed is application/json',
      );
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new HttpError(414, 'invalid_request', 'a part of the path is longer than is allowed');
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return httpError('invalid_request', 'the body is empty; allowed is JSON');
    default:
      // Its own messages about a bad request name what is wrong and hold nothing internal.
      return typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500
        ? new HttpError(error.statusCode, nameOf(error.statusCode), error.message.slice(0, 300))
        : internalError(error);
  }
}

function fromValidation(error: FrameworkError): HttpError {
  const details = (error.validation ?? []).map(({ instancePath = '', message = 'is not allowed' }) => ({
    field: instancePath.split('/').filter(Boolean).join('.') || (error.validationContext ?? ''),
    description: message,
  }));
  const message = details.map(({ field, description }) => `${field}: ${description}`).join('; ');
  return httpError('invalid_request', message, { details });
}

/** What went wrong is for the log alone. */
function internalError(cause: unknown): HttpError {
  return httpError(
    'internal',
    'something went wrong here; the log says what, under the request id of this answer',
    {
      cause,
    },
  );
}

function nameOf(status: number): HttpErrorName {
  const found = Object.entries(HTTP_STATUS_OF).find(([, candidate]) => candidate === status);
  return (found?.[0] ?? 'invalid_request') as HttpErrorName;
}
