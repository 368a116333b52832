import { callHttp, type HttpAnswer, type HttpRequest } from './_support/call-http.ts';
import { useApi } from './_support/describe-refusals.ts';
import { anyHttpRequest, anyMessage } from './_support/random-requests.ts';
import type { Refusal } from './_support/refusal.ts';
import type { GrpcAnswer } from './_support/call-grpc.ts';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';

/** fast-check prints the seed of a failure; time bounds what a slow machine spends. */
const BOUNDS = { numRuns: 600, interruptAfterTimeLimit: 5000 } as const;

/** What a client may be told, whatever it sends: its own fault, and no more. */
const ITS_OWN_FAULT = ['INVALID_ARGUMENT', 'NOT_FOUND', 'ALREADY_EXISTS', 'FAILED_PRECONDITION', 'ABORTED'];

describe('whatever a client sends', () => {
  const subject = useApi();

  afterEach(async () => {
    const { api } = subject();
    expect((await fetch(`${api.origin}/health/ready`)).status).toBe(200);
    expect(api.failures()).toEqual([]);
  });

  it('should never be an error of the server over HTTP', async () => {
    await fc.assert(
      fc.asyncProperty(anyHttpRequest(subject().api.tokens.alice), async (request) => {
        expectItsOwnFault(request, await send(request));
      }),
      BOUNDS,
    );
  });

  it('should never be an error of the server over gRPC', async () => {
    await fc.assert(
      fc.asyncProperty(anyMessage(), async ([operation, bytes]) => {
        expectStatus(await subject().grpc.callBytes(operation, bytes));
      }),
      BOUNDS,
    );
  });

  function send(request: HttpRequest): Promise<HttpAnswer> {
    const { api } = subject();
    const headers = { authorization: `Bearer ${api.tokens.alice}`, ...request.headers };
    return callHttp(api.port, { ...request, headers });
  }
});

function expectItsOwnFault({ method }: HttpRequest, answer: HttpAnswer): void {
  expect(answer.status).toBeLessThan(500);
  // The answer to HEAD has no body by its nature.
  if (Number(answer.status) >= 400 && method !== 'HEAD') expect((answer as Refusal).isWellFormed).toBe(true);
}

function expectStatus(answer: GrpcAnswer): void {
  if (answer.status === 'OK') return;
  expect(ITS_OWN_FAULT).toContain(answer.status);
  expect((answer as Refusal).isWellFormed).toBe(true);
}
