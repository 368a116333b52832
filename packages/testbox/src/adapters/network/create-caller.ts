import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Caller } from '../../check/caller.ts';
import type { GrpcChannels } from './call-grpc.ts';
import { callHttp } from './call-http.ts';
import { isPortOpen } from './is-port-open.ts';

/**
 * Makes steps over the network. The clients of gRPC, PostgreSQL and RabbitMQ are loaded by the first step that needs
 * them: most files need none, and they take longer to load than a container to start.
 * @param readFile reads what a step names, from the working directory
 */
export function createCaller(readFile: (path: string) => Promise<Uint8Array>): Caller {
  // Kept open between tests, so that each costs a round trip and no more.
  const agents = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };
  let channels: GrpcChannels | undefined;
  return {
    isOpen: isPortOpen,
    async perform(step, target, signal) {
      switch (step.kind) {
        case 'http':
          return callHttp(step, target, agents, signal);
        case 'grpc': {
          const { callGrpc, GrpcChannels } = await import('./call-grpc.ts');
          channels ??= new GrpcChannels(readFile);
          return callGrpc(step, target, channels, signal);
        }
        case 'sql':
          return (await import('./query-sql.ts')).querySql(step, target, signal);
        case 'publish':
          return (await import('./publish-message.ts')).publishMessage(step, target, signal);
        case 'consume':
          return (await import('./consume-message.ts')).consumeMessage(step, target, signal);
        default:
          return step satisfies never;
      }
    },
    async close() {
      agents.http.destroy();
      agents.https.destroy();
      channels?.close();
    },
  };
}
