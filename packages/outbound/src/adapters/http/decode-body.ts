import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

import { OutboundError } from '../../errors.ts';

/** What is offered to servers. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

/**
 * The body as the application sees it. One encoding is taken off, not several: each layer of them could
 * multiply a small body by a thousand.
 * @throws OutboundError `bad_response` for another encoding
 */
export function decodeBody(message: IncomingMessage, hasBody: boolean, host: string): Readable {
  const encoding = (message.headers['content-encoding'] ?? '').trim().toLowerCase();
  const decoder = hasBody ? createDecoder(encoding, host) : undefined;
  if (decoder === undefined) return message;
  // Errors reach the reader of the decoder, whichever end they come from.
  return pipeline(message, decoder, () => undefined);
}

function createDecoder(encoding: string, host: string): Transform | undefined {
  switch (encoding) {
    case '':
    case 'identity':
      return undefined;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      throw new OutboundError(
        'bad_response',
        `${host}: its answer has the content encoding '${encoding.slice(0, 50)}'; understood are gzip, deflate and br, one at a time`,
      );
  }
}
