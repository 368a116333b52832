import {
  create,
  fromBinary,
  toBinary,
  type DescMethodUnary,
  type DescMessage,
  type MessageInitShape,
  type MessageShape,
} from '@bufbuild/protobuf';
import { anyUnpack, type Any } from '@bufbuild/protobuf/wkt';
import { BusyConflictSchema, type BusyConflict } from '@daywatch/protocol/calendar';
import {
  BadRequestSchema,
  ErrorInfoSchema,
  RetryInfoSchema,
  StatusSchema,
  type BadRequest_FieldViolation,
  type RetryInfo,
} from '@daywatch/protocol/rpc';
import { Client, credentials, Metadata, status, type CallOptions, type ServiceError } from '@grpc/grpc-js';

export interface TestClient extends Disposable {
  readonly raw: Client;
  call<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
    options?: CallOptions,
  ): Promise<MessageShape<O>>;
  /** Sends bytes as they are. */
  callBytes(method: DescMethodUnary, bytes: Uint8Array, options?: CallOptions): Promise<Buffer>;
}

/** A client of one user; null sends no credential. */
export function connect(
  address: string,
  user: string | null = 'alice',
  extra: Readonly<Record<string, string>> = {},
): TestClient {
  const raw = new Client(address, credentials.createInsecure(), { 'grpc.use_local_subchannel_pool': 1 });
  const metadata = new Metadata();
  if (user !== null) metadata.set('authorization', `Bearer ${user}`);
  for (const [key, value] of Object.entries(extra)) metadata.set(key, value);

  function callBytes(method: DescMethodUnary, bytes: Uint8Array, options: CallOptions = {}): Promise<Buffer> {
    const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
    raw.makeUnaryRequest(
      `/${method.parent.typeName}/${method.name}`,
      (given: Uint8Array) => Buffer.from(given),
      (answer: Buffer) => answer,
      bytes,
      metadata,
      options,
      (error, answer) => (answer && !error ? resolve(answer) : reject(error)),
    );
    return promise;
  }

  return {
    raw,
    callBytes,
    async call(method, request, options) {
      const bytes = toBinary(method.input, create(method.input, request));
      return fromBinary(method.output, await callBytes(method, bytes, options));
    },
    [Symbol.dispose]: () => raw.close(),
  };
}

/** What a failed call told. */
export interface Failure {
  readonly status: string;
  readonly message: string;
  readonly reason: string | undefined;
  readonly domain: string | undefined;
  readonly violations: readonly Omit<BadRequest_FieldViolation, '$typeName'>[];
  readonly conflicts: readonly BusyConflict[];
  readonly retryInfo: RetryInfo | undefined;
  readonly requestId: string | undefined;
}

/** Waits for a call to fail. */
export async function failureOf(call: Promise<unknown>): Promise<Failure> {
  try {
    await call;
  } catch (error) {
    return readFailure(error as ServiceError);
  }
  throw new Error('the call should have failed, and did not');
}

function readFailure({ code, details, metadata }: ServiceError): Failure {
  const [bytes] = metadata.get('grpc-status-details-bin');
  const rich = Buffer.isBuffer(bytes) ? fromBinary(StatusSchema, bytes) : undefined;
  const packed = rich?.details ?? [];
  const info = unpack(packed, ErrorInfoSchema)[0];
  return {
    status: status[code],
    message: details,
    reason: info?.reason,
    domain: info?.domain,
    violations: unpack(packed, BadRequestSchema).flatMap(({ fieldViolations }) =>
      fieldViolations.map(({ field, description }) => ({ field, description })),
    ),
    conflicts: unpack(packed, BusyConflictSchema),
    retryInfo: unpack(packed, RetryInfoSchema)[0],
    requestId: metadata.get('x-request-id')[0]?.toString(),
  };
}

function unpack<Desc extends DescMessage>(packed: readonly Any[], schema: Desc): MessageShape<Desc>[] {
  return packed.flatMap((any) => anyUnpack(any, schema) ?? []);
}
