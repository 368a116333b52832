import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHttpServer, type TestHttpServer } from './_support/http-server.ts';

let server: TestHttpServer;

beforeAll(async () => {
  server = await startHttpServer();
});

afterAll(() => server[Symbol.asyncDispose]());

const EVENT = {
  title: 'Dentist',
  start: '2031-06-02T10:00:00+02:00',
  duration: 'PT1H',
  time_zone: 'Europe/Berlin',
  busy: false,
  notify_before: ['P1D', 'PT15M'],
};

describe('GET /api/v1/notifications', () => {
  it('should tell what there is to come of an event', async () => {
    const { body: event } = await server.call('POST', '/api/v1/events', EVENT);
    const answer = await server.call('GET', `/api/v1/notifications?event_id=${event.id}`);

    expect(answer.status).toBe(200);
    expect(answer.body.next_page_token).toBe('');
    expect(answer.body.notifications).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
        event_id: event.id,
        recurrence_id: '2031-06-02T08:00:00Z',
        title: 'Dentist',
        occurrence_start: '2031-06-02T10:00:00+02:00',
        user: event.owner,
        channel: null,
        due_at: '2031-06-01T08:00:00Z',
        sent_at: null,
        status: 'pending',
        late: false,
        attempts: 0,
        error: null,
      },
      expect.objectContaining({ due_at: '2031-06-02T07:45:00Z' }),
    ]);
  });

  it('should tell what became of an event that is deleted', async () => {
    const { body: event } = await server.call('POST', '/api/v1/events', EVENT);
    await server.call('DELETE', `/api/v1/events/${event.id}`);
    const path = `/api/v1/notifications?event_id=${event.id}&status=cancelled`;
    const { body } = await server.call('GET', path);

    expect(body.notifications).toHaveLength(2);
  });

  it('should go on from page to page, of what is due in a period', async () => {
    const start = '2032-01-05T09:00:00Z';
    const series = { ...EVENT, start, time_zone: 'UTC', recurrence: { rrule: 'FREQ=DAILY;COUNT=5' } };
    await server.call('POST', '/api/v1/events', series);
    const seen: string[] = [];
    let token = '';
    do {
      const path = `/api/v1/notifications?from=2032-01-05T00:00:00Z&to=2032-01-08T00:00:00Z&page_size=2&page_token=${token}`;
      const { body } = await server.call('GET', path);
      seen.push(...body.notifications.map(({ due_at }: { due_at: string }) => due_at));
      token = body.next_page_token;
    } while (token !== '');

    expect(seen).toEqual([
      '2032-01-05T08:45:00Z',
      '2032-01-05T09:00:00Z',
      '2032-01-06T08:45:00Z',
      '2032-01-06T09:00:00Z',
      '2032-01-07T08:45:00Z',
      '2032-01-07T09:00:00Z',
    ]);
  });

  it.each([
    ['event_id=7', 'event_id'],
    ['from=tomorrow', 'from'],
    ['to=2026-01-01T00:00:00', 'to'],
    ['from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 'to'],
    ['status=lost', 'status'],
    ['page_size=1001', 'page_size'],
    ['page_token=abc', 'page_token'],
  ])('should refuse %s', async (query, field) => {
    const { status, body } = await server.call('GET', `/api/v1/notifications?${query}`);

    expect([status, body.error, body.details[0].field]).toEqual([400, 'invalid_request', field]);
  });
});

describe('/api/v1/settings', () => {
  it('should have nothing set, make a secret with the first URL, and keep it with the next', async () => {
    const before = await server.call('GET', '/api/v1/settings');
    expect(before.body).toEqual({ webhook_url: null, webhook_secret: null });

    const first = await server.call('PATCH', '/api/v1/settings', { webhook_url: 'https://example.org/a' });
    expect(first.body).toEqual({
      webhook_url: 'https://example.org/a',
      webhook_secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
    });
    const next = await server.call('PATCH', '/api/v1/settings', {
      ...first.body,
      webhook_url: 'https://example.org/b',
    });
    expect(next.body).toEqual({ ...first.body, webhook_url: 'https://example.org/b' });

    const renewed = await server.call('PATCH', '/api/v1/settings', { webhook_secret: null });
    expect(renewed.body.webhook_secret).not.toBe(next.body.webhook_secret);
    const cleared = await server.call('PATCH', '/api/v1/settings', { webhook_url: null });
    expect(cleared.body).toEqual({ webhook_url: null, webhook_secret: renewed.body.webhook_secret });
    expect((await server.call('GET', '/api/v1/settings')).body).toEqual(cleared.body);
  });

  it.each([
    [{ webhook_url: 'example.org' }, 'webhook_url'],
    [{ webhook_url: 'ftp://example.org/' }, 'webhook_url'],
    [{ webhook_url: 'https://me:secret@example.org/' }, 'webhook_url'],
    [{ webhook_url: '' }, 'webhook_url'],
    [{ webhook_secret: 'whsec_mine' }, 'webhook_secret'],
  ])('should refuse %j', async (patch, field) => {
    const { status, body } = await server.call('PATCH', '/api/v1/settings', patch);

    expect([status, body.error, body.details[0].field]).toEqual([400, 'invalid_request', field]);
  });
});
