import { describe, expect, it } from 'vitest';
import { callHttp, type HttpRequest } from './call-http.ts';
import { useApi } from './describe-refusals.ts';
import { expectRefusal } from './refusal.ts';

/** A request that only HTTP can make, with the code and the words that answer it. Alice's token is added. */
export type HttpCase = readonly [
  what: string,
  request: Partial<HttpRequest>,
  code: string,
  says: string,
  more?: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> },
];

/** Asserts for each case that it is refused as it says, and changes no row. */
export function describeHttpRefusals(name: string, cases: readonly HttpCase[]): void {
  describe(name, () => {
    const subject = useApi();

    it.each(cases.map(complete))(
      'should refuse %s',
      async (_, request, code, says, { status, headers = {} }) => {
        const { api } = subject();
        const before = await api.rows();
        const answer = await callHttp(api.port, {
          method: 'POST',
          path: '/api/v1/events',
          ...request,
          headers: {
            authorization: `Bearer ${api.tokens.alice}`,
            'content-type': 'application/json',
            ...request.headers,
          },
        });
        expectRefusal(answer, code, says, status);
        expect(answer.headers).toMatchObject(headers);
        expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
        expect(await api.rows()).toBe(before);
      },
    );

    it('should have logged nothing as broken', () => {
      expect(subject().api.failures()).toEqual([]);
    });
  });
}

/** The rest of a row is optional, which rows of a table cannot be. */
function complete([what, request, code, says, more = {}]: HttpCase) {
  return [what, request, code, says, more] as const;
}
