import type { Socket } from 'node:net';

export type Protocol = 'http1' | 'http2';

/** What every HTTP/2 connection with prior knowledge begins with (RFC 9113 section 3.4). */
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');

/**
 * Reads as many bytes as tell the protocol (one, for most HTTP/1.1 requests), puts them back, and hands the
 * paused socket on. A client that has not said so much by the deadline is cut off.
 */
export function sniffProtocol(
  socket: Socket,
  timeoutMs: number,
  onProtocol: (protocol: Protocol) => void,
): void {
  let seen: Buffer = Buffer.alloc(0);
  let last: NodeJS.Immediate | undefined;
  // Where this process was held up, the bytes may only wait to be read: they are, before what is immediate then.
  const timer = setTimeout(() => {
    last = setImmediate(() => socket.destroy());
  }, timeoutMs);
  const leave = (): void => {
    clearTimeout(timer);
    clearImmediate(last);
    socket.off('data', onData).off('end', onEnd).off('close', leave);
  };
  const onEnd = (): void => {
    socket.destroy();
  };
  const onData = (chunk: Buffer): void => {
    seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
    const protocol = tellProtocol(seen);
    if (protocol === undefined) return;
    leave();
    socket.pause();
    socket.unshift(seen);
    onProtocol(protocol);
  };
  socket.on('data', onData).on('end', onEnd).on('close', leave);
}

/** Undefined while the bytes could still become either. */
export function tellProtocol(bytes: Buffer): Protocol | undefined {
  const length = Math.min(bytes.length, PREFACE.length);
  if (bytes.compare(PREFACE, 0, length, 0, length) !== 0) return 'http1';
  return length === PREFACE.length ? 'http2' : undefined;
}
