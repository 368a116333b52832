import { crc32 } from 'node:zlib';

/** What a frame of a segment holds. */
export const FRAME = { source: 1, list: 2, finding: 3 } as const;

export type FrameKind = (typeof FRAME)[keyof typeof FRAME];

export interface Frame {
  readonly kind: FrameKind;
  readonly payload: Uint8Array;
  /** Where the next one begins. */
  readonly end: number;
}

/** The first bytes of a segment: the form, and its version. */
export const SEGMENT_HEADER = Buffer.from('DWSPOOL1');

const HEAD_BYTES = 9;

/** Wraps a payload: its length, a checksum over all that follows, its kind. Drawn in docs/spool-files.md. */
export function encodeFrame(kind: FrameKind, payload: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(HEAD_BYTES + payload.length);
  frame.writeUInt32BE(payload.length, 0);
  frame.writeUInt8(kind, 8);
  frame.set(payload, HEAD_BYTES);
  frame.writeUInt32BE(crc32(frame.subarray(8)), 4);
  return frame;
}

/** The frame that begins there; undefined where the bytes hold no whole one: not written to its end, or damaged. */
export function readFrame(bytes: Buffer, at: number): Frame | undefined {
  if (at + HEAD_BYTES > bytes.length) return undefined;
  const end = at + HEAD_BYTES + bytes.readUInt32BE(at);
  if (end > bytes.length || crc32(bytes.subarray(at + 8, end)) !== bytes.readUInt32BE(at + 4))
    return undefined;
  const kind = bytes.readUInt8(at + 8);
  if (kind !== FRAME.source && kind !== FRAME.list && kind !== FRAME.finding) return undefined;
  return { kind, payload: bytes.subarray(at + HEAD_BYTES, end), end };
}
