import { parseIpNetwork } from '@daywatch/ip-network';

import { createOutboundClient, type OutboundClientOptions } from '../../src/adapters/http/index.ts';
import { createFence, OutboundError, type OutboundClient } from '../../src/index.ts';

/** A client that may reach the test's servers at 127.0.0.1, and nothing else on this machine. */
export function createTestClient(options: Partial<OutboundClientOptions> = {}): OutboundClient {
  const fence = createFence({ allow: [parseIpNetwork('127.0.0.1')] });
  return createOutboundClient({ fence, ...options });
}

/** The error that a request ends with; a test fails where it does not. */
export async function failureOf(work: Promise<unknown>): Promise<OutboundError> {
  const error = await work.then(
    (answer) => new Error(`there was an answer: ${JSON.stringify(answer)}`),
    (reason: unknown) => reason,
  );
  if (error instanceof OutboundError) return error;
  throw error;
}
