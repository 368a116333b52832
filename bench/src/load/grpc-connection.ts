import { connect, type Socket } from 'node:net';

/**
 * One HTTP/2 connection that makes unary gRPC calls, one at a time, by writing frames by hand (RFC 9113).
 * A load generator on the same two cores must cost less than what it measures: this one costs about
 * a tenth of a client library. It reads no more of an answer than whether it was OK.
 */
export class GrpcConnection {
  readonly #socket: Socket;
  readonly #authority: string;
  #buffered: Buffer = Buffer.alloc(0);
  #streamId = -1;
  #pending: ((answer: GrpcAnswer) => void) | undefined;
  #data: Buffer[] = [];
  #trailerOnly = Buffer.alloc(0);
  #receivedBytes = 0;

  private constructor(socket: Socket, authority: string) {
    this.#socket = socket;
    this.#authority = authority;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    socket.on('close', () => this.#settle({ isOk: false, message: Buffer.alloc(0) }));
  }

  static async open(host: string, port: number): Promise<GrpcConnection> {
    const socket = connect(port, host);
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    const settings = frame(4, 0, 0, settingsPayload());
    socket.write(
      Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), settings, windowUpdate(0, 1 << 30)]),
    );
    return new GrpcConnection(socket, `${host}:${port}`);
  }

  /** Calls a method, such as `/daywatch.calendar.v1.CalendarService/GetEvent`, with a serialized message. */
  call(path: string, token: string, message: Uint8Array): Promise<GrpcAnswer> {
    if (this.#socket.destroyed) return Promise.resolve({ isOk: false, message: Buffer.alloc(0) });
    this.#streamId += 2;
    this.#data = [];
    this.#trailerOnly = Buffer.alloc(0);
    const headers = this.#headersOf(path, token);
    const frames = Buffer.allocUnsafe(9 + headers.length + 9 + 5 + message.length);
    const dataAt = writeFrame(frames, 0, 1, 4, this.#streamId, headers.length);
    frames.set(headers, dataAt);
    const messageAt = writeFrame(frames, dataAt + headers.length, 0, 1, this.#streamId, 5 + message.length);
    frames[messageAt] = 0;
    frames.writeUInt32BE(message.length, messageAt + 1);
    frames.set(message, messageAt + 5);
    this.#socket.write(frames);
    return new Promise((resolve) => {
      this.#pending = resolve;
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #headersOf(path: string, token: string): Buffer {
    const key = `${this.#authority} ${path} ${token}`;
    let headers = headersByCall.get(key);
    if (!headers) {
      headers = encodeHeaders(this.#authority, path, token);
      headersByCall.set(key, headers);
    }
    return headers;
  }

  #onData(chunk: Buffer): void {
    this.#buffered = this.#buffered.length === 0 ? chunk : Buffer.concat([this.#buffered, chunk]);
    while (this.#buffered.length >= 9) {
      const length = this.#buffered.readUIntBE(0, 3);
      if (this.#buffered.length < 9 + length) return;
      const payload = this.#buffered.subarray(9, 9 + length);
      this.#onFrame(this.#buffered[3] ?? 0, this.#buffered[4] ?? 0, payload);
      this.#buffered = this.#buffered.subarray(9 + length);
    }
  }

  #onFrame(type: number, flags: number, payload: Buffer): void {
    if (type === 4 && (flags & 1) === 0) this.#socket.write(frame(4, 1, 0, Buffer.alloc(0)));
    if (type === 6 && (flags & 1) === 0) this.#socket.write(frame(6, 1, 0, payload));
    if (type === 0) {
      this.#data.push(Buffer.from(payload));
      this.#receivedBytes += payload.length;
      if (this.#receivedBytes > 1 << 24) {
        this.#socket.write(windowUpdate(0, this.#receivedBytes));
        this.#receivedBytes = 0;
      }
    }
    if (type === 1) this.#trailerOnly = Buffer.from(payload);
    if (type === 3) this.#settle({ isOk: false, message: Buffer.alloc(0) });
    // A message came only where the call succeeded: errors have trailers alone.
    if ((type === 1 || type === 0) && (flags & 1) === 1) {
      const message = Buffer.concat(this.#data);
      this.#settle({ isOk: message.length >= 5, message: message.subarray(5), trailers: this.#trailerOnly });
    }
  }

  #settle(answer: GrpcAnswer): void {
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.(answer);
  }
}

export interface GrpcAnswer {
  readonly isOk: boolean;
  /** The serialized answer. */
  readonly message: Buffer;
  /** The last header block, undecoded. */
  readonly trailers?: Buffer;
}

/** Without a dynamic table, the headers of equal calls are equal bytes. As many as there are users and methods. */
const headersByCall = new Map<string, Buffer>();

function frame(type: number, flags: number, streamId: number, payload: Buffer): Buffer {
  const bytes = Buffer.alloc(9 + payload.length);
  payload.copy(bytes, writeFrame(bytes, 0, type, flags, streamId, payload.length));
  return bytes;
}

/** Writes the head of a frame, and answers where its payload goes. */
function writeFrame(
  to: Buffer,
  at: number,
  type: number,
  flags: number,
  streamId: number,
  length: number,
): number {
  to.writeUIntBE(length, at, 3);
  to[at + 3] = type;
  to[at + 4] = flags;
  to.writeUInt32BE(streamId, at + 5);
  return at + 9;
}

function windowUpdate(streamId: number, increment: number): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(increment);
  return frame(8, 0, streamId, payload);
}

/** No dynamic table (1 = 0), a large stream window (4). */
function settingsPayload(): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt16BE(1, 0);
  bytes.writeUInt32BE(0, 2);
  bytes.writeUInt16BE(4, 6);
  bytes.writeUInt32BE(1 << 24, 8);
  return bytes;
}

/** Header fields as HPACK literals without indexing (RFC 7541 section 6.2.2). */
function encodeHeaders(authority: string, path: string, token: string): Buffer {
  return Buffer.concat([
    Buffer.from([0x83, 0x86]), // :method POST, :scheme http
    literalIndexed(4, path),
    literalIndexed(1, authority),
    literal('content-type', 'application/grpc'),
    literal('te', 'trailers'),
    literal('authorization', `Bearer ${token}`),
    literal('user-agent', 'daywatch-bench'),
  ]);
}

function literalIndexed(index: number, value: string): Buffer {
  return Buffer.concat([Buffer.from([index]), string(value)]);
}

function literal(name: string, value: string): Buffer {
  return Buffer.concat([Buffer.from([0]), string(name), string(value)]);
}

/** Lengths under 127 bytes fit the prefix; nothing here is longer. */
function string(text: string): Buffer {
  if (text.length >= 127)
    throw new RangeError(`a header of ${text.length} bytes is too long; allowed are 126`);
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'latin1')]);
}
