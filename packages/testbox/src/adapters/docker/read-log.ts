import { createInterface } from 'node:readline';
import { PassThrough, type Readable } from 'node:stream';
import type { Container } from 'dockerode';

const HEADER_BYTES = 8;

/** A log as its lines. Without a terminal the engine puts a header before each piece: which stream, how long. */
export function splitLog(log: Buffer): readonly string[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < log.length;) {
    if (!hasHeader(log, at)) return toLines(log.toString());
    const length = log.readUInt32BE(at + 4);
    pieces.push(log.subarray(at + HEADER_BYTES, at + HEADER_BYTES + length));
    at += HEADER_BYTES + length;
  }
  return toLines(Buffer.concat(pieces).toString());
}

function hasHeader(log: Buffer, at: number): boolean {
  return log.length >= at + HEADER_BYTES && (log[at] ?? 9) <= 2 && log.readUIntBE(at + 1, 3) === 0;
}

function toLines(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** The lines of a log as they come, until the container ends or the signal. */
export async function* followLog(container: Container, signal: AbortSignal): AsyncIterable<string> {
  const stream = (await container.logs({
    follow: true,
    stdout: true,
    stderr: true,
    abortSignal: signal,
  })) as Readable;
  const text = new PassThrough();
  (container as unknown as { readonly modem: Demuxer }).modem.demuxStream(stream, text, text);
  stream.once('close', () => text.end()).once('error', () => text.end());
  signal.addEventListener('abort', () => stream.destroy(), { once: true });
  yield* createInterface({ input: text, crlfDelay: Infinity });
}

interface Demuxer {
  readonly demuxStream: (stream: Readable, stdout: PassThrough, stderr: PassThrough) => void;
}
