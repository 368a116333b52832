import { credentials, makeClientConstructor, Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { handleUnaryCall, ServiceDefinition } from '@grpc/grpc-js';
import { grpcServerOptions } from '../../src/listen/index.ts';
import type { GrpcInjector } from '../../src/listen/index.ts';

const same = (bytes: Buffer): Buffer => bytes;

const echoService: ServiceDefinition = {
  Echo: {
    path: '/test.Echo/Echo',
    requestStream: false,
    responseStream: false,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  },
};

export interface EchoServer {
  readonly injector: GrpcInjector;
  readonly begun: () => number;
}

/** A gRPC server whose one method answers what it was sent, after `delayMs`. */
export function makeEchoServer(delayMs = 0): EchoServer {
  let begun = 0;
  const server = new Server(grpcServerOptions({ maxMessageBytes: 1024 * 1024 }));
  const echo: handleUnaryCall<Buffer, Buffer> = (call, callback) => {
    begun++;
    setTimeout(() => callback(null, call.request), delayMs);
  };
  server.addService(echoService, { Echo: echo });
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  return { injector, begun: () => begun };
}

export interface EchoClient extends Disposable {
  /** The answer, or the name of the gRPC status. */
  readonly echo: (text: string) => Promise<string>;
}

export function makeEchoClient(port: number): EchoClient {
  const Client = makeClientConstructor(echoService, 'test.Echo');
  // Each client has a connection of its own, as two programs would.
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), {
    'grpc.use_local_subchannel_pool': 1,
    'grpc.enable_retries': 0,
  });
  return {
    echo: (text) =>
      new Promise((resolve) => {
        client['Echo']?.(Buffer.from(text), (error: { code: number } | null, answer?: Buffer) => {
          resolve(error ? (status[error.code] ?? 'no status') : String(answer));
        });
      }),
    [Symbol.dispose]: () => client.close(),
  };
}
