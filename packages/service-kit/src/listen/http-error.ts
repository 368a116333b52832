/** The body of every error of both HTTP APIs. */
export interface ErrorBody {
  /** The HTTP status. */
  readonly code: number;
  /** The stable name that programs branch on. */
  readonly error: string;
  /** For people: names the field, the value and what is allowed. */
  readonly message: string;
  readonly details: readonly unknown[];
}

/** The names of errors that no domain owns, with their HTTP status. */
export const HTTP_STATUS_OF = {
  invalid_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  payload_too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
  deadline_exceeded: 504,
} as const satisfies Readonly<Record<string, number>>;

export type HttpErrorName = keyof typeof HTTP_STATUS_OF;

export interface HttpErrorOptions {
  readonly details?: readonly unknown[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
  /** Another status than the usual one of this name. */
  readonly status?: number;
}

/** An answer that is no success, as an error: thrown by a handler or a hook. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly code: string;
  readonly details: readonly unknown[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, options: HttpErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.status = status;
    this.code = code;
    this.details = options.details ?? [];
    this.headers = options.headers ?? {};
  }
}

/** An error with one of the common names and its usual status. */
export function httpError(code: HttpErrorName, message: string, options: HttpErrorOptions = {}): HttpError {
  return new HttpError(options.status ?? HTTP_STATUS_OF[code], code, message, options);
}

export function toErrorBody(error: HttpError): ErrorBody {
  return { code: error.status, error: error.code, message: error.message, details: error.details };
}
