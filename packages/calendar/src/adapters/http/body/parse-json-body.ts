import { isUtf8 } from 'node:buffer';
import { ErrInvalidRequest } from '../../../errors.ts';
import { escapeUnprintable } from '../../../text.ts';
import { findJsonFault } from './find-json-fault.ts';

/**
 * Reads a request body of JSON text. Bytes that are no UTF-8 are refused rather than replaced, and so is
 * what two readers could read in two ways: a key that stands twice in one object. A byte order mark is
 * skipped (RFC 8259 section 8.1 allows that).
 * @throws ErrInvalidRequest
 */
export function parseJsonBody(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw invalid('is no valid UTF-8; allowed is JSON text in UTF-8');
  const text = bytes.toString('utf8', hasByteOrderMark(bytes) ? 3 : 0);
  const value = parse(text);
  const fault = findJsonFault(text);
  if (fault) throw new ErrInvalidRequest([fault]);
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) {
      const reason = escapeUnprintable(error.message.replaceAll(/\s+/g, ' '));
      throw invalid(`is no valid JSON: ${reason}; allowed is a JSON object`);
    }
    throw error;
  }
}

function hasByteOrderMark(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function invalid(description: string): ErrInvalidRequest {
  return new ErrInvalidRequest([{ field: 'body', description }]);
}
