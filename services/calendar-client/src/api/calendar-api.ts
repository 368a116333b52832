import {
  create,
  fromBinary,
  toBinary,
  type DescMessage,
  type DescMethodUnary,
  type MessageInitShape,
  type MessageShape,
} from '@bufbuild/protobuf';
import { CallFailure } from './call-failure.ts';
import type { ServerAddress } from './server-address.ts';

export interface CalendarApiOptions {
  readonly address: ServerAddress;
  readonly token: string | undefined;
  /** PEM certificates of who may vouch for the server; by default those of the machine. */
  readonly ca: string | undefined;
  /** How long one call may take, in milliseconds. */
  readonly timeoutMs: number;
  readonly userAgent: string;
}

/** The calendar's API over gRPC: one connection, made with the first call. */
export interface CalendarApi {
  /** @throws CallFailure */
  call<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
  ): Promise<MessageShape<O>>;
  close(): void;
}

export async function connectCalendarApi(options: CalendarApiOptions): Promise<CalendarApi> {
  // Loaded here, so that --help and completion do not wait for it.
  const { Client, credentials, Metadata } = await import('@grpc/grpc-js');
  const { address, token, ca, timeoutMs, userAgent } = options;
  const channel = address.tls
    ? credentials.createSsl(ca === undefined ? null : Buffer.from(ca))
    : credentials.createInsecure();
  const client = new Client(address.target, channel, {
    'grpc.primary_user_agent': userAgent,
    // A proxy of the environment is not for this machine itself.
    ...(address.isLoopback ? { 'grpc.enable_http_proxy': 0 } : {}),
  });
  const metadata = new Metadata();
  if (token !== undefined) metadata.set('authorization', `Bearer ${token}`);
  return {
    call: (method, init) =>
      new Promise((resolve, reject) => {
        client.makeUnaryRequest(
          `/${method.parent.typeName}/${method.name}`,
          (request: MessageShape<typeof method.input>) => Buffer.from(toBinary(method.input, request)),
          (bytes: Buffer) => fromBinary(method.output, bytes),
          create(method.input, init),
          metadata,
          { deadline: Date.now() + timeoutMs },
          (error, answer) => {
            if (answer) resolve(answer);
            else if (error) reject(CallFailure.from(error));
          },
        );
      }),
    close: () => client.close(),
  };
}
