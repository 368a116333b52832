import { createFence, OutboundError } from '@daywatch/outbound';
import { createOutboundClient } from '@daywatch/outbound/http';
import type { HealthCheck } from '@daywatch/service-kit/health';

export interface DependencyOptions {
  readonly url: string;
  readonly timeoutMs: number;
}

/** Only the status counts, and a little of the body has to be read to use the connection again. */
const MAX_BODY_BYTES = 64 * 1024;

/** Checks that a service answers a GET with success. Its address comes from the operator, who may name any. */
export function checkDependency({ url, timeoutMs }: DependencyOptions): HealthCheck & AsyncDisposable {
  const client = createOutboundClient({ fence: createFence({ fencesSpecialNetworks: false }) });
  return {
    name: 'dependency',
    componentId: new URL(url).host,
    componentType: 'component',
    isNeededForReadiness: true,
    // The client keeps to its own limit; this one is behind it.
    timeoutMs: timeoutMs + 1000,
    check: async (signal) => {
      try {
        const { status } = await client.fetch({ url, timeoutMs, maxBodyBytes: MAX_BODY_BYTES }, signal);
        if (status >= 200 && status < 300) return { status: 'pass' };
        return { status: 'fail', output: `the dependency answered with the status ${status}` };
      } catch (error) {
        // Why is told in a word: the answer is open to everybody, and messages name addresses.
        if (error instanceof OutboundError)
          return { status: 'fail', output: `the dependency: ${error.code}` };
        throw error;
      }
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
}
