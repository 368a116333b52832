import { ApiError } from '../object/api-error.ts';
import type { ApiRequest } from '../request/api-request.ts';
import { isMatch, type FaultMatch } from './fault-match.ts';

/** Ends a fault. */
export type Lift = () => void;

export interface Refusal extends FaultMatch {
  readonly status: 401 | 403 | 429 | 500 | 503 | 504;
  /** How many requests it is for; without it, all until lifted. */
  readonly times?: number;
  /** The `Retry-After` of 429 and 503. */
  readonly retryAfterSeconds?: number;
}

export interface Delay extends FaultMatch {
  readonly ms: number;
}

export interface Loss extends FaultMatch {
  readonly times?: number;
  /** `request`: it never arrives. `answer`: it is carried out, and nobody is told. */
  readonly of: 'request' | 'answer';
}

/** What befalls one request. */
export interface Misfortune {
  readonly delayMs: number;
  readonly refusal?: ApiError;
  readonly loss?: Loss['of'];
}

interface Ordered<T> {
  readonly fault: T;
  left: number;
}

/** The faults that are ordered now, and whom they hit. */
export class FaultPlan {
  readonly #refusals = new Set<Ordered<Refusal>>();
  readonly #delays = new Set<Ordered<Delay>>();
  readonly #losses = new Set<Ordered<Loss>>();
  readonly #conflicts = new Set<{ readonly match: FaultMatch; count: number }>();

  refuse(refusal: Refusal): Lift {
    return order(this.#refusals, refusal, refusal.times);
  }

  delay(delay: Delay): Lift {
    return order(this.#delays, delay);
  }

  lose(loss: Loss): Lift {
    return order(this.#losses, loss, loss.times);
  }

  /** Every second update or patch of what matches is answered with 409, as if another had been faster. */
  conflictEverySecondWrite(match: FaultMatch = {}): Lift {
    const ordered = { match, count: 0 };
    this.#conflicts.add(ordered);
    return () => this.#conflicts.delete(ordered);
  }

  clear(): void {
    for (const faults of [this.#refusals, this.#delays, this.#losses, this.#conflicts]) faults.clear();
  }

  misfortuneOf(request: ApiRequest): Misfortune {
    const delays = [...this.#delays].filter(({ fault }) => isMatch(fault, request));
    const refusal = take(this.#refusals, request);
    const loss = refusal === undefined ? take(this.#losses, request) : undefined;
    return {
      delayMs: Math.max(0, ...delays.map(({ fault }) => fault.ms)),
      ...(refusal !== undefined && { refusal: toError(refusal) }),
      ...(loss !== undefined && { loss: loss.of }),
    };
  }

  isConflictOrdered(request: ApiRequest): boolean {
    let isOrdered = false;
    for (const conflict of this.#conflicts) {
      if (!isMatch(conflict.match, request)) continue;
      conflict.count += 1;
      if (conflict.count % 2 === 0) isOrdered = true;
    }
    return isOrdered;
  }
}

function order<T>(faults: Set<Ordered<T>>, fault: T, times = Number.POSITIVE_INFINITY): Lift {
  const ordered = { fault, left: times };
  faults.add(ordered);
  return () => faults.delete(ordered);
}

function take<T extends FaultMatch>(faults: Set<Ordered<T>>, request: ApiRequest): T | undefined {
  const found = [...faults].find(({ fault, left }) => left > 0 && isMatch(fault, request));
  if (found === undefined) return undefined;
  found.left -= 1;
  if (found.left === 0) faults.delete(found);
  return found.fault;
}

const REFUSALS: Readonly<Record<Refusal['status'], readonly [reason: string, message: string]>> = {
  401: ['Unauthorized', 'Unauthorized'],
  403: ['Forbidden', 'forbidden: ordered by a test'],
  429: ['TooManyRequests', 'Too many requests, please try again later.'],
  500: ['InternalError', 'Internal error occurred: ordered by a test'],
  503: ['ServiceUnavailable', 'the server is currently unable to handle the request'],
  504: ['Timeout', 'Timeout: request did not complete within requested timeout'],
};

function toError({ status, retryAfterSeconds }: Refusal): ApiError {
  const [reason, message] = REFUSALS[status];
  return new ApiError(status, reason, message, {
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}
