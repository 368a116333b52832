import type { IncomingMessage } from 'node:http';

import { OutboundError } from '../../errors.ts';
import { decodeBody } from './decode-body.ts';
import type { RequestClock } from './request-clock.ts';
import { toOutboundError } from './to-outbound-error.ts';

export interface BodyRules {
  readonly maxBytes: number;
  readonly host: string;
  /** False for answers that have none whatever their headers say: to HEAD, 204 and 304. */
  readonly hasBody: boolean;
}

/**
 * Reads a body within its limits and the time of the clock, and calls `stop` at its end. A reader that leaves
 * early closes the connection.
 */
export async function* readBody(
  message: IncomingMessage,
  { maxBytes, host, hasBody }: BodyRules,
  clock: RequestClock,
  stop: () => void,
): AsyncGenerator<Uint8Array, void, void> {
  const onAbort = (): void => void message.destroy();
  clock.signal.addEventListener('abort', onAbort, { once: true });
  try {
    clock.signal.throwIfAborted();
    // Spares reading what is announced to be too large.
    if (hasBody && Number(message.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(host, maxBytes);
    const decoded = decodeBody(message, hasBody, host);
    let sizeBytes = 0;
    for await (const chunk of decoded as AsyncIterable<Uint8Array>) {
      clock.signal.throwIfAborted();
      sizeBytes += chunk.byteLength;
      if (sizeBytes > maxBytes) throw tooLarge(host, maxBytes);
      yield chunk;
    }
    clock.signal.throwIfAborted();
    if (!message.complete) throw new Error('the server closed it');
  } catch (error) {
    if (clock.signal.aborted) throw clock.signal.reason;
    throw isBrokenEncoding(error)
      ? new OutboundError('bad_response', `${host}: its body is not well compressed: ${error.message}`, {
          cause: error,
        })
      : toOutboundError(error, 'body', host);
  } finally {
    clock.signal.removeEventListener('abort', onAbort);
    stop();
    // Whole, it leaves the connection to be used again.
    if (!message.complete) message.destroy();
  }
}

function tooLarge(host: string, maxBytes: number): OutboundError {
  return new OutboundError(
    'body_too_large',
    `${host}: the body of its answer is larger than ${maxBytes} bytes`,
  );
}

function isBrokenEncoding(error: unknown): error is Error {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return code.startsWith('Z_') || code.startsWith('ERR_BROTLI') || code.startsWith('ERR__ERROR_FORMAT');
}
