import type { Metadata } from '@grpc/grpc-js';
import type { Principal } from '@daywatch/access';
import type { Limiter } from '@daywatch/service-kit/listen';
import type { Access } from '@daywatch/service-kit/log';
import type { RequestMetrics } from '@daywatch/service-kit/metrics';
import type { CalendarContext } from '../../context.ts';

/**
 * Says who calls, from the metadata and the peer (`127.0.0.1:50412`, `::1:50412`).
 * @throws an error with the code `unauthenticated` or `forbidden`.
 */
export type Authenticate = (
  metadata: Metadata,
  peer: string,
  signal: AbortSignal,
) => Principal | Promise<Principal>;

/** The part of a pino logger that is used. */
export interface ErrorLog {
  error(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface CallLimits {
  /** The longest message that is taken, in bytes. */
  readonly maxMessageBytes: number;
  /** How long a call may take, in milliseconds; a client's own deadline may be shorter. */
  readonly deadlineMs: number;
  /** Streams that one connection may have open; a client queues what is over it. */
  readonly maxConcurrentStreams: number;
}

/** The longest event is a description of 20,000 characters, 80 KB, with some text around it. */
export const DEFAULT_CALL_LIMITS: CallLimits = {
  maxMessageBytes: 256 * 1024,
  deadlineMs: 10_000,
  maxConcurrentStreams: 256,
};

export interface CalendarGrpcOptions {
  readonly context: CalendarContext;
  readonly authenticate: Authenticate;
  /** Bounds the calls in flight; shared with HTTP. */
  readonly limiter: Pick<Limiter, 'tryAcquire' | 'acquire' | 'release'>;
  /** Writes the access line of a call that has ended. */
  readonly writeAccess: (access: Access) => void;
  readonly metrics: RequestMetrics;
  readonly log: ErrorLog;
  readonly limits?: Partial<CallLimits>;
  /** Makes the id of a request that brings none. */
  readonly newRequestId: () => string;
  /** A clock that never goes back, in milliseconds. */
  readonly monotonicMs: () => number;
}
