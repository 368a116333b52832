import { ClusterError, type ClusterErrorCode } from '../../cluster/cluster-error.ts';

/** The object `Status` that an API server answers with when it does not do what it was asked for. */
interface Status {
  readonly message?: string;
  readonly reason?: string;
  readonly code?: number;
  readonly details?: { readonly retryAfterSeconds?: number };
}

/** What an answer that is an error means. `body` is its text, or the object of an event of a watch. */
export function readFailure(status: number, body: string | object, retryAfterMs?: number): ClusterError {
  const parsed = typeof body === 'string' ? parseStatus(body) : (body as Status);
  const { message = `the API server answered ${status}`, reason = '', details } = parsed;
  const seconds = details?.retryAfterSeconds;
  const pauseMs = retryAfterMs ?? (seconds === undefined ? undefined : seconds * 1000);
  return new ClusterError(
    codeOf(status, reason),
    message,
    pauseMs === undefined ? {} : { retryAfterMs: pauseMs },
  );
}

function codeOf(status: number, reason: string): ClusterErrorCode {
  if (reason === 'AlreadyExists') return 'already_exists';
  if (reason === 'InternalError') return 'internal';
  switch (status) {
    case 403:
      return 'forbidden';
    case 404:
      return 'not_found';
    case 409:
      return 'conflict';
    case 410:
      return 'gone';
    case 400:
    case 413:
    case 422:
      return 'invalid';
    // Who it is that asks is not known for a moment (401), or nobody can say anything (503 and its like).
    default:
      return 'unavailable';
  }
}

function parseStatus(body: string): Status {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    // A proxy before the API server may answer with a page.
    return {};
  }
}
