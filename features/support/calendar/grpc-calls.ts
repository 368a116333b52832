import {
  fromBinary,
  toBinary,
  type DescMessage,
  type DescMethodUnary,
  type MessageShape,
} from '@bufbuild/protobuf';
import { anyUnpack } from '@bufbuild/protobuf/wkt';
import { BusyConflictSchema } from '@daywatch/protocol/calendar';
import { BadRequestSchema, ErrorInfoSchema, StatusSchema } from '@daywatch/protocol/rpc';
import { Client, credentials, Metadata, status as statuses, type ServiceError } from '@grpc/grpc-js';
import { Refusal, type ConflictView } from './refusal.ts';

export interface UnaryCalls {
  /** @throws Refusal */
  readonly call: <I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageShape<I>,
  ) => Promise<MessageShape<O>>;
  readonly close: () => void;
}

const DEADLINE_MS = 20_000;

/** Calls over one connection. @param origin `http://host:port` */
export function openUnaryCalls(origin: string, token: string | undefined): UnaryCalls {
  const { host } = new URL(origin);
  const client = new Client(`dns:///${host}`, credentials.createInsecure(), {
    // A proxy of the environment is not for what is tested here.
    'grpc.enable_http_proxy': 0,
  });
  const metadata = new Metadata();
  if (token !== undefined) metadata.set('authorization', `Bearer ${token}`);
  return {
    call: (method, request) =>
      new Promise((resolve, reject) => {
        client.makeUnaryRequest(
          `/${method.parent.typeName}/${method.name}`,
          (message: typeof request) => Buffer.from(toBinary(method.input, message)),
          (bytes: Buffer) => fromBinary(method.output, bytes),
          request,
          metadata,
          { deadline: Date.now() + DEADLINE_MS },
          (error, answer) => {
            if (answer) resolve(answer);
            else if (error) reject(readRefusal(error));
          },
        );
      }),
    close: () => client.close(),
  };
}

function readRefusal(error: ServiceError): Refusal {
  const [bytes] = error.metadata.get('grpc-status-details-bin');
  const details = bytes instanceof Uint8Array ? fromBinary(StatusSchema, bytes).details : [];
  const conflicts = details.flatMap((detail): ConflictView[] => {
    const conflict = anyUnpack(detail, BusyConflictSchema);
    if (!conflict) return [];
    const { eventId, recurrenceId, start, end } = conflict;
    return [{ event_id: eventId, recurrence_id: recurrenceId, start, end }];
  });
  return new Refusal(error.details, {
    code: details.flatMap((detail) => anyUnpack(detail, ErrorInfoSchema)?.reason ?? [])[0] ?? '',
    status: statuses[error.code] ?? String(error.code),
    fields: details.flatMap((detail) =>
      (anyUnpack(detail, BadRequestSchema)?.fieldViolations ?? []).map(({ field }) => field),
    ),
    conflicts,
  });
}
