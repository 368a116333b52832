import {
  fromBinary,
  fromJson,
  create,
  toBinary,
  type DescMessage,
  type JsonObject,
  type JsonValue,
} from '@bufbuild/protobuf';
import { anyUnpack, FieldMaskSchema } from '@bufbuild/protobuf/wkt';
import { CalendarService, NotificationStatusSchema } from '@daywatch/protocol/calendar';
import { BadRequestSchema, ErrorInfoSchema, StatusSchema } from '@daywatch/protocol/rpc';
import { Client, credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import type { Operation } from './operations.ts';
import { putBrokenText } from './broken-text.ts';
import type { Refusal } from './refusal.ts';

/** The outcome of a call: OK with the bytes of the answer, or a refusal. */
export type GrpcAnswer = { readonly status: 'OK'; readonly bytes: Buffer } | Refusal;

export interface GrpcCaller extends Disposable {
  /** Sends what a test spells as JSON as the message that it means. */
  readonly call: (operation: Operation, input: JsonObject, token?: string) => Promise<GrpcAnswer>;
  readonly callBytes: (operation: Operation, bytes: Uint8Array, metadata?: Metadata) => Promise<GrpcAnswer>;
}

const METHODS = new Map(CalendarService.methods.map((method) => [method.name, method]));

/** @param token sent where a call brings no other. */
export function openGrpc(port: number, token: string): GrpcCaller {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), {
    'grpc.use_local_subchannel_pool': 1,
  });

  function callBytes(operation: Operation, bytes: Uint8Array, metadata = bearer(token)): Promise<GrpcAnswer> {
    const { promise, resolve } = Promise.withResolvers<GrpcAnswer>();
    client.makeUnaryRequest(
      `/${CalendarService.typeName}/${operation}`,
      (given: Uint8Array) => Buffer.from(given),
      (given: Buffer) => given,
      bytes,
      metadata,
      (error, answer) =>
        resolve(error ? readRefusal(error) : { status: 'OK', bytes: answer ?? Buffer.alloc(0) }),
    );
    return promise;
  }

  return {
    callBytes,
    call: (operation, input, given = token) =>
      callBytes(operation, encodeInput(operation, input), bearer(given)),
    [Symbol.dispose]: () => client.close(),
  };
}

export function bearer(token: string): Metadata {
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${token}`);
  return metadata;
}

/** The request that an input means: events, calendars and settings lie in a field of their own. */
export function encodeInput(operation: Operation, input: JsonObject): Uint8Array {
  const { input: schema } = METHODS.get(operation) ?? { input: undefined };
  if (!schema) throw new Error(`the contract has no method ${operation}`);
  return putBrokenText(toBinary(schema, toMessage(schema, operation, input)));
}

function toMessage(schema: DescMessage, operation: Operation, input: JsonObject) {
  if (operation.endsWith('Occurrence')) return toOccurrenceMessage(schema, operation, input);
  if (operation === 'ListNotifications') return fromJson(schema, withStatusNumber(input));
  const subject = /^(?:Create|Update)(Event|Calendar|Settings)$/.exec(operation)?.[1]?.toLowerCase();
  if (subject === undefined) return fromJson(schema, input);
  const message = fromJson(schema, { [subject]: input });
  return operation.startsWith('Update') ? Object.assign(message, { updateMask: maskOf(input) }) : message;
}

/** Scopes are named as over HTTP; a number is sent as it is, since any may come. */
function toOccurrenceMessage(
  schema: DescMessage,
  operation: Operation,
  { event_id = '', recurrence_id = '', scope, ...input }: JsonObject,
) {
  const name = { event_id, recurrence_id, ...(scope === undefined ? {} : { scope: scopeOf(scope) }) };
  if (operation !== 'UpdateOccurrence') return fromJson(schema, { ...name, ...input });
  return Object.assign(fromJson(schema, { ...name, event: input }), { updateMask: maskOf(input) });
}

function scopeOf(scope: JsonValue): JsonValue {
  if (typeof scope !== 'string') return scope;
  return /^-?\d+$/.test(scope) ? Number(scope) : `OCCURRENCE_SCOPE_${scope.toUpperCase()}`;
}

/** Statuses are named as over HTTP; what is no name of one is sent as a number that is none. */
function withStatusNumber({ status: given, ...input }: JsonObject): JsonObject {
  if (typeof given !== 'string') return given === undefined ? input : { ...input, status: given };
  const name = `NOTIFICATION_STATUS_${given.toUpperCase()}`;
  const known = NotificationStatusSchema.values.find((value) => value.name === name);
  return { ...input, status: known?.number ?? 99 };
}

/** The parts of a recurrence are changed one by one, as a merge patch does it. */
function maskOf(input: JsonObject) {
  const paths = Object.entries(input).flatMap(([key, value]) => {
    if (key === 'id' || key === 'etag') return [];
    const isParted = key === 'recurrence' && value !== null && typeof value === 'object';
    return isParted ? Object.keys(value).map((part) => `recurrence.${part}`) : [key];
  });
  return create(FieldMaskSchema, { paths });
}

function readRefusal({ code, details, metadata }: ServiceError): Refusal {
  const [bytes] = metadata.get('grpc-status-details-bin');
  const rich = Buffer.isBuffer(bytes) ? fromBinary(StatusSchema, bytes) : undefined;
  const infos = rich?.details.flatMap((any) => anyUnpack(any, ErrorInfoSchema) ?? []) ?? [];
  const violations =
    rich?.details.flatMap((any) => anyUnpack(any, BadRequestSchema)?.fieldViolations ?? []) ?? [];
  return {
    status: status[code],
    reason: infos[0]?.reason ?? '',
    message: details,
    fields: violations.map(({ field }) => field),
    text: [details, rich?.message, ...violations.map(({ description }) => description)].join('\n'),
    isWellFormed:
      infos.length === 1 &&
      infos[0]?.domain === 'daywatch' &&
      rich?.code === code &&
      rich.message === details,
  };
}
