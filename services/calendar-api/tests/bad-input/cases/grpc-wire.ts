import { status } from '@grpc/grpc-js';
import { gzipSync } from 'node:zlib';
import { encodeInput } from '../_support/call-grpc.ts';
import { EVENT } from '../_support/fixtures.ts';
import { frame } from '../_support/raw-grpc.ts';

const REMOVAL = encodeInput('DeleteEvent', { id: EVENT });

/** Bytes that are no message of any method. */
export const NO_MESSAGES: readonly (readonly [what: string, bytes: readonly number[]])[] = [
  ['a field that is cut short', [0x0a, 0x10, 0x61]],
  ['a tag without a value', [0x0a]],
  ['the field number 0', [0x02, 0x01, 0x61]],
  ['a group that does not end', [0x0b]],
  ['the end of a group that did not begin', [0x0c]],
  ['a wire type that nobody knows', [0x0f, 0x01]],
  ['a varint that does not end', Array.from({ length: 12 }, () => 0xff)],
  ['a length beyond the end', [0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]],
  ['groups in each other without end', Array.from({ length: 10_000 }, () => 0x7b)],
];

/** A number, 8 bytes and 4 bytes where text or a message belongs: in field 1 of nearly every request. */
export const WRONG_WIRE_TYPES: readonly (readonly [what: string, bytes: readonly number[]])[] = [
  ['a number', [0x08, 0x96, 0x01]],
  ['8 bytes', [0x09, 1, 2, 3, 4, 5, 6, 7, 8]],
  ['4 bytes', [0x0d, 1, 2, 3, 4]],
];

export type GrpcWireCase = readonly [
  what: string,
  request: {
    readonly path?: string;
    readonly body?: Uint8Array;
    readonly headers?: Readonly<Record<string, string>>;
  },
  grpcStatus: status | undefined,
  says: string,
];

// prettier-ignore
export const GRPC_WIRE_CASES: readonly GrpcWireCase[] = [
  // Frames.
  ['no frame', { body: new Uint8Array() }, status.UNIMPLEMENTED, ''],
  ['a frame that is cut short', { body: frame(REMOVAL).subarray(0, 20) }, status.UNIMPLEMENTED, ''],
  ['a frame without a message', { body: frame(REMOVAL).subarray(0, 5) }, status.UNIMPLEMENTED, ''],
  ['two messages', { body: Buffer.concat([frame(REMOVAL), frame(REMOVAL)]) }, status.UNIMPLEMENTED, ''],
  ['a frame of 4 GB', { body: frame(REMOVAL, { length: 0xffffffff }) }, status.RESOURCE_EXHAUSTED, 'larger than max'],
  ['a message of 2 MiB', { body: frame(new Uint8Array(2 * 1024 * 1024)) }, status.RESOURCE_EXHAUSTED, 'larger than max'],
  ['a message that grows to 100 MB', { body: frame(gzipSync(new Uint8Array(100_000_000)), { flag: 1 }), headers: { 'grpc-encoding': 'gzip' } }, status.RESOURCE_EXHAUSTED, 'larger than'],
  ['a message that is not compressed as it says', { body: frame(REMOVAL, { flag: 1 }), headers: { 'grpc-encoding': 'gzip' } }, status.INVALID_ARGUMENT, 'the message cannot be decompressed; allowed are identity, gzip and deflate'],
  ['an encoding that nobody knows', { body: frame(REMOVAL, { flag: 1 }), headers: { 'grpc-encoding': 'rot13' } }, status.UNIMPLEMENTED, ''],

  // Headers.
  ['a timeout that is none', { headers: { 'grpc-timeout': 'soon' } }, status.INVALID_ARGUMENT, 'grpc-timeout is no timeout; allowed are at most 8 digits and a unit, as in 500m'],
  ['another content type', { headers: { 'content-type': 'application/json' } }, undefined, ''],
  ['GET', { headers: { ':method': 'GET' } }, status.UNIMPLEMENTED, ''],
  ['a method that is not there', { path: '/daywatch.calendar.v1.CalendarService/DropEvents' }, status.UNIMPLEMENTED, 'DropEvents'],
  ['a service that is not there', { path: '/daywatch.calendar.v2.CalendarService/DeleteEvent' }, status.UNIMPLEMENTED, ''],
  ['a path of HTTP', { path: `/api/v1/events/${EVENT}` }, status.UNIMPLEMENTED, ''],
];
