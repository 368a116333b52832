import type { Error as ErrorBody } from './generated.ts';

/** The server answered, with an error. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  /** Stable, for programs: `date_busy`. */
  readonly code: string;
  readonly details: ErrorBody['details'];

  constructor({ code, error, message, details }: ErrorBody) {
    super(message);
    this.status = code;
    this.code = error;
    this.details = details;
  }
}

/** The server did not answer, or said that it cannot now. */
export class AwayError extends Error {
  override readonly name = 'AwayError';

  constructor(options: ErrorOptions) {
    super('the server is away', options);
  }
}

/** One thing that is in the way of a `date_busy`. */
export interface Conflict {
  readonly event_id: string;
  readonly recurrence_id: string;
  readonly start: string;
  readonly end: string;
}

/** What is in the way; undefined for any other error. */
export function conflictsOf(error: unknown): readonly Conflict[] | undefined {
  if (!(error instanceof ApiError) || error.code !== 'date_busy') return undefined;
  return error.details as readonly object[] as readonly Conflict[];
}

export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof ApiError && codes.includes(error.code);
}
