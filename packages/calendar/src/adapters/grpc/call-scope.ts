import type { ServerUnaryCall } from '@grpc/grpc-js';
import { CallError } from './call-errors.ts';

/** The time that a call has: it ends with the call, its cancellation, or its deadline. */
export interface CallScope {
  readonly signal: AbortSignal;
  /** Rejects when the deadline has passed; never resolves. */
  readonly expired: Promise<never>;
  close(): void;
}

/** grpc-js watches the client's deadline itself and tells it as a cancellation; ours is watched here. */
export function openCallScope(call: ServerUnaryCall<Buffer, Uint8Array>, deadlineMs: number): CallScope {
  const controller = new AbortController();
  const { promise: expired, reject } = Promise.withResolvers<never>();
  // The race that watches it may be over when it rejects.
  expired.catch(() => {});
  const timer = setTimeout(() => {
    const error = new CallError(
      'deadline_exceeded',
      `the call took longer than the ${deadlineMs} ms that are allowed`,
    );
    controller.abort(error);
    reject(error);
  }, deadlineMs);
  call.once('cancelled', () => {
    controller.abort(new CallError('cancelled', 'the client has ended the call, or its deadline has passed'));
  });
  return { signal: controller.signal, expired, close: () => clearTimeout(timer) };
}
