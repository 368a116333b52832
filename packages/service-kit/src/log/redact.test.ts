import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAccessLine } from './access-line.ts';
import { redact, redactText } from './redact.ts';

describe('redact', () => {
  it('should hide what stands under the name of a secret, however deep', () => {
    const shown = redact({
      headers: { authorization: 'Bearer abc', Cookie: 'sid=1', accept: '*/*' },
      list: [{ bootstrap_token: 't', password: 'p', clientSecret: 's' }],
    });

    expect(shown).toEqual({
      headers: { authorization: '[redacted]', Cookie: '[redacted]', accept: '*/*' },
      list: [{ bootstrap_token: '[redacted]', password: '[redacted]', clientSecret: '[redacted]' }],
    });
  });

  it('should leave of an address what is worth reading', () => {
    expect(redact({ dsn: 'postgres://u:hunter2@db:5432/x' })).toEqual({ dsn: 'postgres://u:***@db:5432/x' });
    expect(redact({ dsn: 'host=db password=hunter2' })).toEqual({ dsn: '[redacted]' });
  });

  it('should mask credentials in the message, stack, cause and fields of an error', () => {
    const error = Object.assign(new Error('connect to postgres://u:hunter2@db failed'), {
      code: 'E1',
      token: 'hunter2',
      cause: new Error('Authorization: Bearer hunter2hunter2'),
    });

    const shown = JSON.stringify(redact({ err: error }));

    expect(shown).not.toContain('hunter2');
    expect(shown).toContain('"code":"E1"');
    expect(shown).toContain('postgres://u:***@db');
  });

  it('should come to an end with a structure that holds itself', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;

    expect(JSON.stringify(redact(loop))).toContain('[too deep]');
  });
});

describe('redactText', () => {
  it.each([
    ['see http://localhost:8888/health', 'see http://localhost:8888/health'],
    ['amqp://guest:gu%3Aest@mq/ and postgres://a:b@c/', 'amqp://guest:***@mq/ and postgres://a:***@c/'],
    ["host=x password='a b' user=y", 'host=x password=*** user=y'],
    ['curl -H "Authorization: Bearer dwt_0123456789"', 'curl -H "Authorization: Bearer ***"'],
  ])('should turn %j into %j', (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });
});

describe('formatAccessLine', () => {
  const access = {
    clientAddress: '127.0.0.1',
    method: 'GET',
    path: '/a?token=hunter2',
    protocol: 'HTTP/1.1',
    status: 200,
    latencyMs: 1.23456,
    userAgent: 'curl/8',
    requestId: 'r-1',
  };

  it('should hold what is known of a request, and never its query', () => {
    expect(JSON.parse(formatAccessLine(access, '2026-01-01T00:00:00.000Z', ',"service":"s"'))).toEqual({
      level: 'info',
      time: '2026-01-01T00:00:00.000Z',
      service: 's',
      kind: 'access',
      client: '127.0.0.1',
      method: 'GET',
      path: '/a',
      protocol: 'HTTP/1.1',
      status: 200,
      latency_ms: 1.235,
      user_agent: 'curl/8',
      request_id: 'r-1',
    });
  });

  it('should always be one line of JSON, whatever a client says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (userAgent, path) => {
        const line = formatAccessLine({ ...access, userAgent, path, status: 'OK' }, 't', '');

        expect(line.indexOf('\n')).toBe(line.length - 1);
        const { user_agent: shown } = JSON.parse(line) as { user_agent: string };
        expect(shown).toBe(userAgent.length > 512 ? `${userAgent.slice(0, 512)}…` : userAgent);
      }),
    );
  });
});
