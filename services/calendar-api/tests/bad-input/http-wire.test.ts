import { describe, expect, it } from 'vitest';
import { useApi } from './_support/describe-refusals.ts';
import { sendRaw } from './_support/raw-http.ts';
import { expectRefusal } from './_support/refusal.ts';
import { HTTP_WIRE_CASES, type HttpWireCase } from './cases/http-wire.ts';

describe('bytes that are no good HTTP request', () => {
  const subject = useApi();

  it.each(HTTP_WIRE_CASES.map(complete))(
    'should be answered once and lead to nothing: %s',
    async (_, make, code, says, more) => {
      const { api } = subject();
      const before = await api.rows();
      const answers = await sendRaw(
        api.port,
        make(`authorization: Bearer ${api.tokens.alice}`),
        more.isCutShort,
      );
      expect(answers).toHaveLength(1);
      expectRefusal(answers[0] ?? {}, code, says, more.status);
      expect(await api.rows()).toBe(before);
    },
  );

  it('should be a request that works, where all is well', async () => {
    const { api } = subject();
    const head = `host: localhost\r\nauthorization: Bearer ${api.tokens.alice}\r\nconnection: close\r\n\r\n`;
    const answers = await sendRaw(api.port, `GET /api/v1/calendars HTTP/1.1\r\n${head}`);
    expect(answers).toMatchObject([{ status: 200 }]);
  });

  it('should leave an announced body alone that does not come', async () => {
    const { api } = subject();
    const before = await api.rows();
    const body = '{"title":"Half","start":"2026-11-24T12:00:00Z","duration":"PT1H"}';
    const request = `POST /api/v1/events HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${api.tokens.alice}\r\ncontent-type: application/json\r\ncontent-length: ${body.length + 1}\r\n\r\n${body}`;
    const answers = await sendRaw(api.port, request, true);
    for (const answer of answers) expectRefusal(answer, 'invalid_request', '');
    expect(await api.rows()).toBe(before);
  });

  it('should be no failure of ours where the connection ends while a token is looked up', async () => {
    const { api, http } = subject();
    const { revoked, expired, monitorOnly } = api.tokens;
    // None of these was sent before, so the database is asked; the chunk that follows ends the connection.
    for (const token of [revoked, expired, monitorOnly]) {
      const head = `host: localhost\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\n`;
      const request = `POST /api/v1/events HTTP/1.1\r\n${head}transfer-encoding: chunked\r\n\r\nzz\r\n`;
      expect(await sendRaw(api.port, request)).toMatchObject([{ status: 400 }]);
    }
    expect(await http('ListCalendars', {})).toMatchObject({ status: 200 });
    expect(api.failures()).toEqual([]);
  });

  it('should have logged nothing as broken', () => {
    expect(subject().api.failures()).toEqual([]);
  });
});

/** The rest of a row is optional, which rows of a table cannot be. */
function complete([what, make, code, says, more = {}]: HttpWireCase) {
  return [what, make, code, says, more] as const;
}
