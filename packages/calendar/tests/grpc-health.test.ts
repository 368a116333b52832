import {
  credentials,
  loadPackageDefinition,
  type Client,
  type ServiceClientConstructor,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { startTestServer, type TestServer } from './_support/grpc-server.ts';

/** A client that knows the public definitions alone, and nothing of the generated code. */
function connectTo(address: string, file: string, service: string) {
  const loaded = loadPackageDefinition(
    loadSync(file, {
      includeDirs: [join(import.meta.dirname, '../../../proto')],
      enums: String,
      oneofs: true,
      defaults: true,
      keepCase: true,
    }),
  );
  let found: unknown = loaded;
  for (const part of service.split('.')) found = (found as Record<string, unknown>)[part];
  return new (found as ServiceClientConstructor)(address, credentials.createInsecure(), {
    'grpc.use_local_subchannel_pool': 1,
  });
}

type Unary = (request: object, callback: (error: { code: number } | null, answer: unknown) => void) => void;

function ask(client: Client, method: string, request: object): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const call = (client as unknown as Record<string, Unary>)[method]?.bind(client);
  call?.(request, (error, answer) => (error ? reject(error) : resolve(answer)));
  return promise;
}

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

describe('gRPC health', () => {
  const connectHealth = (address: string) =>
    connectTo(address, 'grpc/health/v1/health.proto', 'grpc.health.v1.Health');

  it('should say without a credential whether the server and its services serve', async () => {
    const client = connectHealth(server.address);

    expect(await ask(client, 'Check', {})).toEqual({ status: 'SERVING' });
    expect(await ask(client, 'Check', { service: 'daywatch.calendar.v1.CalendarService' })).toEqual({
      status: 'SERVING',
    });
    await expect(ask(client, 'Check', { service: 'nobody' })).rejects.toMatchObject({ code: 5 });
    expect(await ask(client, 'List', {})).toEqual({
      statuses: {
        '': { status: 'SERVING' },
        'daywatch.calendar.v1.CalendarService': { status: 'SERVING' },
      },
    });
    client.close();
  });

  it('should tell those who watch, and end their watches when it drains', async () => {
    await using watched = await startTestServer();
    const client = connectHealth(watched.address);
    const seen: unknown[] = [];
    const ended = Promise.withResolvers<undefined>();
    const watch = (client as unknown as { Watch(request: object): NodeJS.ReadableStream }).Watch({});
    watch.on('data', (answer: { status: unknown }) => seen.push(answer.status));
    watch.on('end', () => ended.resolve(undefined));
    await expect.poll(() => seen).toEqual(['SERVING']);

    watched.grpc.setServing(false);
    await expect.poll(() => seen).toEqual(['SERVING', 'NOT_SERVING']);
    watched.grpc.setServing(false);
    watched.grpc.setServing(true);
    await expect.poll(() => seen).toEqual(['SERVING', 'NOT_SERVING', 'SERVING']);
    watched.grpc.drain();
    await ended.promise;

    expect(seen.at(-1)).toBe('NOT_SERVING');
    await expect.poll(() => watched.accessLines.map(({ status }) => status)).toEqual(['OK']);
    client.close();
  });

  it('should watch a service that is not here, without an error', async () => {
    const client = connectHealth(server.address);
    const watch = (
      client as unknown as { Watch(request: object): NodeJS.ReadableStream & { cancel(): void } }
    ).Watch({ service: 'nobody' });
    watch.on('error', () => {});
    const seen: unknown[] = [];
    watch.on('data', (answer: { status: unknown }) => seen.push(answer.status));

    await expect.poll(() => seen).toEqual(['SERVICE_UNKNOWN']);
    watch.cancel();
    client.close();
  });
});

describe.each([
  ['v1', 'grpc/reflection/v1/reflection.proto', 'grpc.reflection.v1.ServerReflection'],
  ['v1alpha', 'grpc/reflection/v1alpha/reflection.proto', 'grpc.reflection.v1alpha.ServerReflection'],
])('gRPC reflection %s', (_version, file, service) => {
  it('should list the services', async () => {
    const [answer] = await reflect(file, service, [{ list_services: '*' }]);

    expect(answer).toMatchObject({
      list_services_response: {
        service: [
          { name: 'daywatch.calendar.v1.CalendarService' },
          { name: 'grpc.health.v1.Health' },
          { name: 'grpc.reflection.v1.ServerReflection' },
          { name: 'grpc.reflection.v1alpha.ServerReflection' },
        ],
      },
    });
  });

  it.each([
    'daywatch.calendar.v1.CalendarService',
    'daywatch.calendar.v1.CalendarService.GetEvent',
    'daywatch.calendar.v1.Event',
    'daywatch.calendar.v1.Event.title',
  ])('should describe %s with every file that it needs', async (symbol) => {
    const [answer] = await reflect(file, service, [{ file_containing_symbol: symbol }]);

    expect(fileNames(answer).sort()).toEqual([
      'daywatch/calendar/v1/calendar.proto',
      'google/protobuf/empty.proto',
      'google/protobuf/field_mask.proto',
      'google/protobuf/timestamp.proto',
    ]);
  });

  it('should answer one question after the other, also those that it cannot', async () => {
    const answers = await reflect(file, service, [
      { file_by_filename: 'daywatch/calendar/v1/calendar.proto' },
      { file_by_filename: 'nothing.proto' },
      { file_containing_symbol: 'no.such.Thing' },
      { file_containing_extension: { containing_type: 'daywatch.calendar.v1.Event', extension_number: 100 } },
      { all_extension_numbers_of_type: 'daywatch.calendar.v1.Event' },
      {},
      { file_containing_symbol: 'grpc.health.v1.HealthCheckResponse.SERVING' },
    ]);

    expect(answers.map(({ message_response }) => message_response)).toEqual([
      'file_descriptor_response',
      'error_response',
      'error_response',
      'error_response',
      'all_extension_numbers_response',
      'error_response',
      'file_descriptor_response',
    ]);
    expect(answers[1]).toMatchObject({ error_response: { error_code: 5 } });
  });
});

type Reflected = Readonly<Record<string, unknown>>;

/** Asks one question after the other on one stream. */
async function reflect(file: string, service: string, questions: readonly object[]): Promise<Reflected[]> {
  const client = connectTo(server.address, file, service);
  const stream = (
    client as unknown as { ServerReflectionInfo(): NodeJS.ReadWriteStream & AsyncIterable<Reflected> }
  ).ServerReflectionInfo();
  for (const question of questions) stream.write(question as never);
  stream.end();
  const answers: Reflected[] = [];
  for await (const answer of stream) answers.push(answer);
  client.close();
  return answers;
}

/** The name is the first field of a FileDescriptorProto. */
function fileNames(answer: Reflected = {}): string[] {
  const { file_descriptor_proto } = answer['file_descriptor_response'] as {
    file_descriptor_proto: Buffer[];
  };
  return file_descriptor_proto.map((bytes) => bytes.subarray(2, 2 + (bytes[1] ?? 0)).toString());
}
