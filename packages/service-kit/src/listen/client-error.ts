import { STATUS_CODES } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { HttpError, httpError, toErrorBody } from './http-error.ts';

/** Answers bytes that are not HTTP, or that come too slowly, in the same shape as every error, and hangs up. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  const { _httpMessage: begun } = socket as { _httpMessage?: ServerResponse };
  if (error.code === 'ECONNRESET' || !socket.writable || begun?.headersSent === true) {
    socket.destroy();
    return;
  }
  const answer = explain(error);
  const body = JSON.stringify(toErrorBody(answer));
  socket.end(
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}\r\n` +
      `content-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\n` +
      `x-content-type-options: nosniff\r\nconnection: close\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}

function explain(error: NodeJS.ErrnoException): HttpError {
  switch (error.code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return httpError('request_timeout', 'the request did not arrive in time');
    case 'HPE_HEADER_OVERFLOW':
      return new HttpError(
        431,
        'invalid_request',
        'the request line and headers are longer than 16384 bytes',
      );
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return httpError('payload_too_large', 'the chunk extensions are longer than 16384 bytes');
    default:
      return httpError('invalid_request', 'this is not a valid HTTP/1.1 request');
  }
}
