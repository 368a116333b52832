import type { JsonObject } from '@bufbuild/protobuf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApiUnderTest, type ApiUnderTest } from './api-under-test.ts';
import { openGrpc, type GrpcCaller } from './call-grpc.ts';
import { callHttp, toHttpRequest } from './call-http.ts';
import { addFixtures } from './fixtures.ts';
import type { Operation } from './operations.ts';
import { expectRefusal } from './refusal.ts';

/**
 * What Alice asks for, the code that she gets, and what the message says. Where the two APIs cannot be asked
 * the same, or say it differently, the words of each; the one that has none is not asked.
 */
export type Case = readonly [
  what: string,
  operation: Operation,
  input: JsonObject,
  code: string,
  says: string | { readonly http?: string; readonly grpc?: string },
];

/** Asserts for each case, over both APIs, that it is refused as it says and changes no row. */
export function describeRefusals(name: string, cases: readonly Case[]): void {
  describe(name, () => {
    const subject = useApi();

    it.each(ofApi(cases, 'http'))(
      'should refuse over HTTP: %s (%s)',
      async (_, operation, input, code, says) => {
        const { api, http } = subject();
        const before = await api.rows();
        expectRefusal(await http(operation, input), code, says);
        expect(await api.rows()).toBe(before);
      },
    );

    it.each(ofApi(cases, 'grpc'))(
      'should refuse over gRPC: %s (%s)',
      async (_, operation, input, code, says) => {
        const { api, grpc } = subject();
        const before = await api.rows();
        expectRefusal(await grpc.call(operation, input), code, says);
        expect(await api.rows()).toBe(before);
      },
    );

    it('should have logged nothing as broken', () => {
      expect(subject().api.failures()).toEqual([]);
    });
  });
}

export interface Subject {
  readonly api: ApiUnderTest;
  readonly grpc: GrpcCaller;
  readonly http: (operation: Operation, input: JsonObject) => ReturnType<typeof callHttp>;
}

/** Starts an API with fixtures for the tests around, which ask as Alice. */
export function useApi(): () => Subject {
  let subject: Subject;

  beforeAll(async () => {
    const api = await startApiUnderTest();
    await addFixtures(api);
    const { port, tokens } = api;
    subject = {
      api,
      grpc: openGrpc(port, tokens.alice),
      http: (operation, input) => callHttp(port, toHttpRequest(operation, input, tokens.alice)),
    };
  });

  afterAll(async () => {
    subject.grpc[Symbol.dispose]();
    await subject.api[Symbol.asyncDispose]();
  });

  return () => subject;
}

function ofApi(cases: readonly Case[], api: 'http' | 'grpc') {
  return cases.flatMap(([what, operation, input, code, says]) => {
    const words = typeof says === 'string' ? says : says[api];
    return words === undefined ? [] : [[what, operation, input, code, words] as const];
  });
}
