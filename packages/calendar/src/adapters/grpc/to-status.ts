import { create, toBinary, type DescMessage, type MessageInitShape } from '@bufbuild/protobuf';
import { anyPack, type Any } from '@bufbuild/protobuf/wkt';
import { BusyConflictSchema } from '@daywatch/protocol/calendar';
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema, StatusSchema } from '@daywatch/protocol/rpc';
import { Metadata, type StatusObject } from '@grpc/grpc-js';
import type { Outcome } from './outcome.ts';
import { statusOf } from './status-codes.ts';

/**
 * Clients take 8 KB of trailers by default (grpc-core's soft limit): the message may fill 1.5 KB of
 * them when it is percent-encoded, the details 4.5 KB before base64 makes a third more of them.
 */
const MAX_MESSAGE_BYTES = 1_500;
const MAX_DETAILS_BYTES = 4_500;

/** The trailer of google.rpc.Status. */
export const DETAILS_KEY = 'grpc-status-details-bin';

/** The gRPC status of an outcome, with google.rpc.Status in its trailers. */
export function toStatus(outcome: Outcome, requestId: string): StatusObject {
  const code = statusOf(outcome.code);
  const details = cutToBytes(outcome.message.toWellFormed());
  const metadata = new Metadata();
  const rich = create(StatusSchema, { code, message: details, details: fitDetails(outcome) });
  metadata.set(DETAILS_KEY, Buffer.from(toBinary(StatusSchema, rich)));
  metadata.set('x-request-id', requestId);
  return { code, details, metadata };
}

/** The details, the most telling first; those that do not fit any more are left out. */
function fitDetails(outcome: Outcome): Any[] {
  const details: Any[] = [];
  let size = 0;
  for (const detail of detailsOf(outcome)) {
    size += detail.typeUrl.length + detail.value.length + 8;
    if (size > MAX_DETAILS_BYTES) break;
    details.push(detail);
  }
  return details;
}

function* detailsOf({ code, violations, conflicts, retryAfterSeconds }: Outcome): Generator<Any> {
  yield pack(ErrorInfoSchema, { reason: code, domain: 'daywatch' });
  if (retryAfterSeconds !== undefined)
    yield pack(RetryInfoSchema, { retryDelay: { seconds: BigInt(retryAfterSeconds) } });
  if (violations) yield pack(BadRequestSchema, { fieldViolations: fitViolations(violations) });
  for (const conflict of conflicts ?? []) yield pack(BusyConflictSchema, conflict);
}

function fitViolations(violations: NonNullable<Outcome['violations']>) {
  let size = 0;
  return violations
    .map(({ field, description }) => ({
      field: field.toWellFormed(),
      description: description.toWellFormed(),
    }))
    .filter(({ field, description }) => {
      size += Buffer.byteLength(field) + Buffer.byteLength(description) + 8;
      return size <= MAX_DETAILS_BYTES - 200;
    });
}

function pack<Desc extends DescMessage>(schema: Desc, init: MessageInitShape<Desc>): Any {
  return anyPack(schema, create(schema, init));
}

/** Cuts a text at a whole character so that it is short enough as a percent-encoded header. */
function cutToBytes(text: string): string {
  if (encodeURI(text).length <= MAX_MESSAGE_BYTES) return text;
  let size = 0;
  let cut = '';
  for (const character of text) {
    size += encodeURI(character).length;
    if (size > MAX_MESSAGE_BYTES - 10) break;
    cut += character;
  }
  return `${cut}…`;
}
