import { once } from 'node:events';
import { connect, type OutgoingHttpHeaders } from 'node:http2';

/** What came back on one stream; gRPC's status lies in the trailers, or in the headers where those are all. */
export interface RawGrpcAnswer {
  readonly httpStatus: number;
  readonly grpcStatus: number | undefined;
  readonly message: string;
}

/** Sends a body as it is, for what no gRPC client would send. */
export async function sendRawGrpc(
  port: number,
  path: string,
  body: Uint8Array,
  headers: OutgoingHttpHeaders,
): Promise<RawGrpcAnswer> {
  const session = connect(`http://127.0.0.1:${port}`);
  session.on('error', () => {});
  try {
    const stream = session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...headers,
    });
    let received: Record<string, unknown> = {};
    stream.on('response', (given) => (received = { ...given }));
    stream.on('trailers', (given) => (received = { ...received, ...given }));
    stream.on('error', () => {});
    stream.resume();
    // A GET has no body, and its stream has ended with its headers.
    if (headers[':method'] !== 'GET') stream.end(body);
    await once(stream, 'close', { signal: AbortSignal.timeout(5000) });
    const { ':status': httpStatus, 'grpc-status': status, 'grpc-message': message } = received;
    return {
      httpStatus: Number(httpStatus),
      grpcStatus: status === undefined ? undefined : Number(status),
      message: typeof message === 'string' ? decodeURIComponent(message) : '',
    };
  } finally {
    session.destroy();
  }
}

/** gRPC's frame around a message: a flag, the length, the bytes. */
export function frame(bytes: Uint8Array, { flag = 0, length = bytes.length } = {}): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(flag, 0);
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, bytes]);
}
