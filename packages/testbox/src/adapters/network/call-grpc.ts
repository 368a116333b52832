import { Client, credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import {
  fromBinary,
  fromJson,
  toBinary,
  toJson,
  type DescMethod,
  type FileRegistry,
  type JsonValue,
} from '@bufbuild/protobuf';
import type { Answer } from '../../check/answer.ts';
import type { Target } from '../../check/caller.ts';
import type { Json } from '../../check/json-path.ts';
import type { GrpcStep } from '../../file/test-file.ts';
import { readDescriptors } from './read-descriptors.ts';
import { reflectService } from './reflect-service.ts';

/** Channels and descriptions of services, kept between tests. */
export class GrpcChannels {
  readonly #clients = new Map<string, Client>();
  readonly #services = new Map<string, Promise<FileRegistry>>();
  readonly #readFile: (path: string) => Promise<Uint8Array>;

  constructor(readFile: (path: string) => Promise<Uint8Array>) {
    this.#readFile = readFile;
  }

  clientOf(address: string): Client {
    const client = this.#clients.get(address) ?? new Client(address, credentials.createInsecure());
    this.#clients.set(address, client);
    return client;
  }

  /** What the service looks like: from the file, or from the server itself. */
  async describe(
    service: string,
    address: string,
    file: string | undefined,
    signal: AbortSignal,
  ): Promise<FileRegistry> {
    const key = file ?? `${address} ${service}`;
    const made = this.#services.get(key);
    const registry =
      made ??
      (file === undefined
        ? reflectService(this.clientOf(address), service, signal)
        : this.#readFile(file).then(readDescriptors));
    this.#services.set(key, registry);
    try {
      return await registry;
    } catch (error) {
      // The next attempt asks anew: the server may just not have been up yet.
      this.#services.delete(key);
      throw error;
    }
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
  }
}

/** Makes a unary call; the request and the answer are in the JSON of protobuf. */
export async function callGrpc(
  step: GrpcStep,
  target: Target,
  channels: GrpcChannels,
  signal: AbortSignal,
): Promise<Answer> {
  const [serviceName = '', methodName = ''] = step.method.split('/');
  const address = toAddress(step.address, target);
  const registry = await channels.describe(serviceName, address, step.descriptors, signal);
  const method = registry.getService(serviceName)?.methods.find(({ name }) => name === methodName);
  if (method === undefined) throw new Error(`there is no method ${step.method} at ${address}`);
  if (method.methodKind !== 'unary')
    throw new Error(`${step.method} is a stream; allowed is a method with one answer`);
  const metadata = new Metadata();
  for (const [name, value] of step.metadata) metadata.set(name, value);
  return callUnary(channels.clientOf(address), method, registry, step.message, metadata, signal);
}

function callUnary(
  client: Client,
  { input, output, parent, name }: DescMethod,
  registry: FileRegistry,
  json: Json,
  metadata: Metadata,
  signal: AbortSignal,
): Promise<Answer> {
  const request = Buffer.from(toBinary(input, fromJson(input, json as JsonValue, { registry })));
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const call = client.makeUnaryRequest(
    `/${parent.typeName}/${name}`,
    (bytes: Buffer) => bytes,
    (bytes: Buffer) => bytes,
    request,
    metadata,
    (error: ServiceError | null, bytes?: Buffer) => {
      if (error) {
        // Nobody has answered: that is no status of the service.
        if (/ECONNREFUSED|EHOSTUNREACH|ENOTFOUND/.test(error.details))
          reject(new Error(`no answer: ${error.details}`));
        else
          resolve({ status: status[error.code], headers: new Map(), body: error.details, json: undefined });
        return;
      }
      const answer = toJson(output, fromBinary(output, bytes ?? Buffer.alloc(0)), {
        registry,
        alwaysEmitImplicit: true,
      });
      resolve({ status: 'OK', headers: new Map(), body: JSON.stringify(answer), json: answer as Json });
    },
  );
  const cancel = (): void => {
    call.cancel();
    reject(signal.reason as Error);
  };
  signal.addEventListener('abort', cancel, { once: true });
  return promise.finally(() => signal.removeEventListener('abort', cancel));
}

function toAddress(written: string | undefined, target: Target): string {
  if (written === undefined && target.port === undefined)
    throw new Error(`no port is known; name it: address: host:port`);
  const { hostname, port } = new URL(`grpc://${written ?? `${target.host}:${target.port}`}`);
  const at = target.reach(hostname.replaceAll(/^\[|\]$/g, ''), Number(port || 443));
  return at.host.includes(':') ? `[${at.host}]:${at.port}` : `${at.host}:${at.port}`;
}
