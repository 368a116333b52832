import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Caller } from '../../check/caller.ts';
import { callGrpc, GrpcChannels } from './call-grpc.ts';
import { callHttp } from './call-http.ts';
import { consumeMessage } from './consume-message.ts';
import { isPortOpen } from './is-port-open.ts';
import { publishMessage } from './publish-message.ts';
import { querySql } from './query-sql.ts';

/** Makes steps over the network. @param readFile reads what a step names, from the working directory */
export function createCaller(readFile: (path: string) => Promise<Uint8Array>): Caller {
  // Kept open between tests, so that each costs a round trip and no more.
  const agents = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };
  const channels = new GrpcChannels(readFile);
  return {
    isOpen: isPortOpen,
    async perform(step, target, signal) {
      switch (step.kind) {
        case 'http':
          return callHttp(step, target, agents, signal);
        case 'grpc':
          return callGrpc(step, target, channels, signal);
        case 'sql':
          return querySql(step, target, signal);
        case 'publish':
          return publishMessage(step, target, signal);
        case 'consume':
          return consumeMessage(step, target, signal);
        default:
          return step satisfies never;
      }
    },
    async close() {
      agents.http.destroy();
      agents.https.destroy();
      channels.close();
    },
  };
}
