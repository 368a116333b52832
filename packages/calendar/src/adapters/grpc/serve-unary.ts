import {
  create,
  toBinary,
  type DescMethodUnary,
  type DescMessage,
  type MessageInitShape,
  type MessageShape,
} from '@bufbuild/protobuf';
import { requireScope } from '@daywatch/access';
import type { handleUnaryCall, sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import type { UserId } from '../../event/event.ts';
import { openCallScope } from './call-scope.ts';
import { decode } from './decode.ts';
import type { CalendarGrpcOptions } from './options.ts';
import { toOutcome } from './outcome.ts';
import { requestIdOf } from './request-id.ts';
import { toStatus } from './to-status.ts';

/** What a method does, between decoding and encoding. */
export type Method<I extends DescMessage, O extends DescMessage> = (
  request: MessageShape<I>,
  user: UserId,
  signal: AbortSignal,
) => Promise<MessageInitShape<O>>;

type ServeOptions = Pick<CalendarGrpcOptions, 'authenticate' | 'limiter' | 'log'> & {
  readonly deadlineMs: number;
};

/**
 * Serves one method: says who calls, waits for a place, decodes, runs, encodes. Whatever is thrown on
 * the way becomes a status; what is no expected outcome is logged and told as `internal`.
 */
export function serveUnary<I extends DescMessage, O extends DescMessage>(
  { name, input, output }: DescMethodUnary<I, O>,
  run: Method<I, O>,
  options: ServeOptions,
): handleUnaryCall<Buffer, Uint8Array> {
  async function answer(call: ServerUnaryCall<Buffer, Uint8Array>, signal: AbortSignal): Promise<Uint8Array> {
    const principal = await options.authenticate(call.metadata, call.getPeer(), signal);
    requireScope(principal, 'calendar');
    if (!options.limiter.tryAcquire()) await options.limiter.acquire(signal);
    try {
      const request = decode(input, call.request);
      return toBinary(
        output,
        create(output, await run(request, principal.userId as string as UserId, signal)),
      );
    } finally {
      options.limiter.release();
    }
  }

  async function serve(
    call: ServerUnaryCall<Buffer, Uint8Array>,
    callback: sendUnaryData<Uint8Array>,
  ): Promise<void> {
    const scope = openCallScope(call, options.deadlineMs);
    try {
      callback(null, await Promise.race([answer(call, scope.signal), scope.expired]));
    } catch (error) {
      const requestId = requestIdOf(call.metadata);
      // What fails after the abort fails because of it, whatever it calls itself.
      const cause: unknown = scope.signal.aborted ? scope.signal.reason : error;
      const outcome = toOutcome(cause, requestId);
      if (outcome.code === 'internal')
        options.log.error({ err: error, method: name, requestId }, 'a call failed');
      if (outcome.code === 'unavailable')
        options.log.warn({ err: error, method: name, requestId }, 'a call found no storage');
      callback(toStatus(outcome, requestId));
    } finally {
      scope.close();
    }
  }

  return (call, callback) => {
    void serve(call, callback);
  };
}
