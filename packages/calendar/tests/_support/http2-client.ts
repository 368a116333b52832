import { fromBinary } from '@bufbuild/protobuf';
import { anyUnpack } from '@bufbuild/protobuf/wkt';
import { ErrorInfoSchema, StatusSchema } from '@daywatch/protocol/rpc';
import { connect, type ClientHttp2Session, type OutgoingHttpHeaders } from 'node:http2';
import { once } from 'node:events';

/** What came back on a raw stream: gRPC's status is in the trailers, or in the headers where those are all. */
export interface RawAnswer {
  readonly httpStatus: number;
  readonly grpcStatus: string | undefined;
  readonly grpcMessage: string | undefined;
  /** Of ErrorInfo. */
  readonly reason: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

/** A plain HTTP/2 connection, for what a gRPC client would never send. */
export interface RawClient extends Disposable {
  readonly session: ClientHttp2Session;
  /** Sends the body as it is, ends the stream, and waits for the end of the answer. */
  send(path: string, body: Uint8Array, headers?: OutgoingHttpHeaders): Promise<RawAnswer>;
}

export function connectRaw(port: number): RawClient {
  const session = connect(`http://127.0.0.1:${port}`);
  session.on('error', () => {});
  return {
    session,
    async send(path, body, headers = {}) {
      const stream = session.request({ ...grpcHeaders(path), ...headers });
      let received: Record<string, unknown> = {};
      const chunks: Buffer[] = [];
      stream.on('response', (given) => (received = { ...given }));
      stream.on('trailers', (given) => (received = { ...received, ...given }));
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.end(body);
      await once(stream, 'close');
      return {
        httpStatus: Number(received[':status']),
        grpcStatus: received['grpc-status'] as string | undefined,
        grpcMessage: decodeMessage(received['grpc-message']),
        reason: readReason(received['grpc-status-details-bin']),
        headers: received,
        body: Buffer.concat(chunks),
      };
    },
    [Symbol.dispose]: () => session.destroy(),
  };
}

export function grpcHeaders(path: string): OutgoingHttpHeaders {
  return {
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
    authorization: 'Bearer alice',
  };
}

/** Puts a message into gRPC's frame: a flag, the length, the bytes. */
export function frame(bytes: Uint8Array, isCompressed = false): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(isCompressed ? 1 : 0, 0);
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

function decodeMessage(header: unknown): string | undefined {
  return typeof header === 'string' ? decodeURIComponent(header) : undefined;
}

function readReason(details: unknown): string | undefined {
  if (typeof details !== 'string') return undefined;
  const packed = fromBinary(StatusSchema, Buffer.from(details, 'base64')).details;
  return packed.map((any) => anyUnpack(any, ErrorInfoSchema)).find((info) => info !== undefined)?.reason;
}
