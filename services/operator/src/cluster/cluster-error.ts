/** What may come of a request, as far as the operator does something else for it. */
export type ClusterErrorCode =
  /** There is no such object. */
  | 'not_found'
  /** The object has changed since it was read, or others own its fields. */
  | 'conflict'
  | 'already_exists'
  /** The operator may not do that. */
  | 'forbidden'
  /** The API server refuses the object as it is. */
  | 'invalid'
  /** The history that a watch asks for is no longer there: only a new list helps. */
  | 'gone'
  /** The API server failed with this very request, as when a webhook that it asks is down. Others may go well. */
  | 'internal'
  /** Nobody answers, or not in time, or with something else than an answer: it may be over later. */
  | 'unavailable';

/** A request to the API server that did not do what it should. The message is the API server's own sentence. */
export class ClusterError extends Error {
  override readonly name = 'ClusterError';
  readonly code: ClusterErrorCode;
  /** How long the API server asks to be left alone, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ClusterErrorCode,
    message: string,
    options: { readonly cause?: unknown; readonly retryAfterMs?: number } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Whether an error is a `ClusterError` of one of these codes. */
export function isClusterError(error: unknown, ...codes: readonly ClusterErrorCode[]): error is ClusterError {
  return error instanceof ClusterError && (codes.length === 0 || codes.includes(error.code));
}
