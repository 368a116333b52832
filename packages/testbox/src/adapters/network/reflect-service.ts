import {
  create,
  createFileRegistry,
  fromBinary,
  toBinary,
  type FileRegistry,
  type MessageInitShape,
} from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema, type FileDescriptorProto } from '@bufbuild/protobuf/wkt';
import { ServerReflectionRequestSchema, ServerReflectionResponseSchema } from '@daywatch/protocol/reflection';
import { status, type Client, type ServiceError } from '@grpc/grpc-js';

/** The same messages under two names: newer servers know the first, older ones the second. */
const METHODS = ['v1', 'v1alpha'].map(
  (version) => `/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`,
);

type Question = MessageInitShape<typeof ServerReflectionRequestSchema>['messageRequest'];

/** Asks a server what a service of it looks like. @throws Error that says how to do without */
export async function reflectService(
  client: Client,
  service: string,
  signal: AbortSignal,
): Promise<FileRegistry> {
  let failure: unknown;
  for (const method of METHODS) {
    try {
      return await reflect(client, method, service, signal);
    } catch (error) {
      failure = error;
      if ((error as ServiceError).code !== status.UNIMPLEMENTED) break;
    }
  }
  const { details, message } = failure as { readonly details?: string; readonly message?: string };
  throw new Error(
    `the server does not describe ${service} by reflection (${details || message}); name a file in 'descriptors' instead`,
    { cause: failure },
  );
}

async function reflect(
  client: Client,
  method: string,
  service: string,
  signal: AbortSignal,
): Promise<FileRegistry> {
  const stream = client.makeBidiStreamRequest(method, (bytes: Buffer) => bytes, decodeFiles);
  const cancel = (): void => stream.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const answers = (stream as AsyncIterable<readonly FileDescriptorProto[]>)[Symbol.asyncIterator]();
  async function ask(messageRequest: Question): Promise<readonly FileDescriptorProto[]> {
    const request = create(ServerReflectionRequestSchema, { ...(messageRequest && { messageRequest }) });
    stream.write(Buffer.from(toBinary(ServerReflectionRequestSchema, request)));
    const answer = await answers.next();
    if (answer.done === true) throw new Error('the server has ended the conversation');
    return answer.value;
  }
  try {
    const [first, ...others] = await ask({ case: 'fileContainingSymbol', value: service });
    if (first === undefined) throw new Error('the server has sent no file');
    const files = new Map([first, ...others].map((file) => [file.name, file]));
    // A server may leave out what it believes to be known: ask for it by name.
    for (const { dependency } of files.values()) {
      for (const value of dependency.filter((name) => !files.has(name)))
        for (const file of await ask({ case: 'fileByFilename', value })) files.set(file.name, file);
    }
    return createFileRegistry(first, (name) => files.get(name));
  } finally {
    signal.removeEventListener('abort', cancel);
    stream.on('error', () => undefined);
    stream.end();
    stream.cancel();
  }
}

/** The files of an answer. @throws Error with what the server says instead */
function decodeFiles(bytes: Buffer): readonly FileDescriptorProto[] {
  const { messageResponse } = fromBinary(ServerReflectionResponseSchema, bytes);
  if (messageResponse.case === 'errorResponse') throw new Error(messageResponse.value.errorMessage);
  if (messageResponse.case !== 'fileDescriptorResponse') throw new Error('the answer is of another kind');
  return messageResponse.value.fileDescriptorProto.map((file) => fromBinary(FileDescriptorProtoSchema, file));
}
