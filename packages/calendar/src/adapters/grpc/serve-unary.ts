import {
  type DescMethodUnary,
  type DescMessage,
  type MessageInitShape,
  type MessageShape,
} from '@bufbuild/protobuf';
import type { handleUnaryCall, sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import type { UserId } from '../../event/event.ts';
import { admittedCall, type AdmittedCall } from './admit-calls.ts';
import { compileEncoder } from './compile-encoder.ts';
import { decode } from './decode.ts';
import type { CalendarGrpcOptions } from './options.ts';
import { toLoggedStatus } from './to-logged-status.ts';

/** What a method does, between decoding and encoding. */
export type Method<I extends DescMessage, O extends DescMessage> = (
  request: MessageShape<I>,
  user: UserId,
  signal: AbortSignal,
) => Promise<MessageInitShape<O>>;

type ServeOptions = Pick<CalendarGrpcOptions, 'limiter' | 'log'>;

/**
 * Serves one method of calls that were admitted: waits for a place, decodes, runs, encodes. Whatever is
 * thrown on the way becomes a status.
 */
export function serveUnary<I extends DescMessage, O extends DescMessage>(
  { input, output }: DescMethodUnary<I, O>,
  run: Method<I, O>,
  { limiter, log }: ServeOptions,
): handleUnaryCall<Buffer, Uint8Array> {
  const encode = compileEncoder(output);

  async function answer(bytes: Buffer, { principal, signal }: AdmittedCall): Promise<Uint8Array> {
    if (!limiter.tryAcquire()) await limiter.acquire(signal);
    try {
      const request = decode(input, bytes);
      const user = principal.userId as string as UserId;
      return encode(await run(request, user, signal));
    } finally {
      limiter.release();
    }
  }

  async function serve(
    { metadata, request }: ServerUnaryCall<Buffer, Uint8Array>,
    admitted: AdmittedCall,
    callback: sendUnaryData<Uint8Array>,
  ): Promise<void> {
    try {
      callback(null, await answer(request, admitted));
    } catch (error) {
      // What fails after the abort fails because of it, whatever it calls itself; nobody hears it any more.
      if (!admitted.signal.aborted) callback(toLoggedStatus(error, metadata, log));
    } finally {
      admitted.close();
    }
  }

  return (call, callback) => {
    void serve(call, admittedCall(call.metadata), callback);
  };
}
