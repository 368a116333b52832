import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHttpServer, type TestHttpServer } from './_support/http-server.ts';

const DENTIST = { title: 'Dentist', start: '2026-11-23T09:00:00Z', end: '2026-11-23T09:45:00Z' };

let server: TestHttpServer;

beforeAll(async () => {
  server = await startHttpServer();
});

afterAll(() => server[Symbol.asyncDispose]());

/** Each test writes into a calendar of its own, so that none is in another's way. */
async function makeCalendar(): Promise<string> {
  const { status, body } = await server.call('POST', '/api/v1/calendars', { name: 'Test' });
  expect(status).toBe(201);
  return body.id as string;
}

async function makeEvent(content: object = {}) {
  const calendar_id = await makeCalendar();
  const { body } = await server.call('POST', '/api/v1/events', { ...DENTIST, calendar_id, ...content });
  return body;
}

describe('POST /api/v1/events', () => {
  it('should answer the bare event with its place and its etag', async () => {
    const calendar_id = await makeCalendar();
    const answer = await server.call('POST', '/api/v1/events', {
      ...DENTIST,
      calendar_id,
      notify_before: ['PT15M'],
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`/api/v1/events/${answer.body.id}`);
    expect(answer.headers.get('etag')).toBe(`"${answer.body.etag}"`);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.body).toEqual({
      id: answer.body.id,
      calendar_id,
      uid: answer.body.id,
      sequence: 0,
      title: 'Dentist',
      start: '2026-11-23T09:00:00Z',
      end: '2026-11-23T09:45:00Z',
      all_day: false,
      time_zone: 'UTC',
      description: '',
      location: '',
      notify_before: ['PT15M'],
      recurrence: null,
      busy: true,
      owner: 'alice',
      etag: answer.body.etag,
      created_at: answer.body.created_at,
      updated_at: answer.body.created_at,
      recurrence_id: null,
      conflicts: [],
      dropped_overrides: [],
      continues: null,
      continued_by: null,
    });
  });

  it('should say what is in the way of a time that is taken', async () => {
    const event = await makeEvent();
    const { calendar_id } = event;
    const answer = await server.call('POST', '/api/v1/events', { ...DENTIST, calendar_id });
    expect(answer.status).toBe(409);
    expect(answer.body).toEqual({
      code: 409,
      error: 'date_busy',
      message: expect.stringContaining('the time is taken'),
      details: [
        {
          event_id: event.id,
          recurrence_id: '2026-11-23T09:00:00Z',
          start: '2026-11-23T09:00:00Z',
          end: '2026-11-23T09:45:00Z',
        },
      ],
    });
  });

  it('should name every field that the domain refuses', async () => {
    const answer = await server.call('POST', '/api/v1/events', { title: '', start: 'soon', end: '2026' });
    expect(answer.body).toMatchObject({ code: 400, error: 'invalid_event' });
    const fields = answer.body.details.map(({ field }: { field: string }) => field);
    expect(fields.toSorted()).toEqual(['end', 'start', 'title']);
  });

  it('should answer the stored event when it is sent again with the same id', async () => {
    const event = await makeEvent();
    const again = await server.call('POST', '/api/v1/events', event);
    const other = await server.call('POST', '/api/v1/events', { ...event, title: 'Other' });
    expect([again.status, again.body]).toEqual([201, event]);
    expect(other.body).toMatchObject({ code: 409, error: 'event_exists' });
  });
});

describe('GET /api/v1/events/{id}', () => {
  it('should answer 304 to a client that has the version', async () => {
    const { id, etag } = await makeEvent();
    const seen = await Promise.all(
      [`"${etag}"`, `W/"${etag}"`, '*', `"x", "${etag}"`, '"x"'].map(async (value) => {
        const answer = await server.call('GET', `/api/v1/events/${id}`, undefined, {
          'if-none-match': value,
        });
        return [answer.status, answer.text === '', answer.headers.get('etag')];
      }),
    );
    const known = [304, true, `"${etag}"`];
    expect(seen).toEqual([known, known, known, known, [200, false, `"${etag}"`]]);
  });

  it('should hide the event of somebody else', async () => {
    const { id } = await makeEvent();
    const authorization = `Bearer ${await server.tokenOf('bob')}`;
    const answer = await server.call('GET', `/api/v1/events/${id}`, undefined, { authorization });
    expect(answer.body).toMatchObject({ code: 404, error: 'event_not_found', details: [] });
  });

  it('should answer HEAD as GET without a body', async () => {
    const { id, etag } = await makeEvent();
    const answer = await server.call('HEAD', `/api/v1/events/${id}`);
    expect([answer.status, answer.text, answer.headers.get('etag')]).toEqual([200, '', `"${etag}"`]);
  });
});

describe('PATCH /api/v1/events/{id}', () => {
  it('should change what is present, clear what is null, and leave the rest', async () => {
    const { id, etag } = await makeEvent({ location: 'Room 4', description: 'Long' });
    const answer = await server.call('PATCH', `/api/v1/events/${id}`, { title: 'New', location: null });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ title: 'New', location: '', description: 'Long' });
    expect(answer.body.etag).not.toBe(etag);
    expect(answer.headers.get('etag')).toBe(`"${answer.body.etag}"`);
  });

  it('should take the event back as it was answered', async () => {
    const event = await makeEvent();
    const answer = await server.call('PATCH', `/api/v1/events/${event.id}`, event);
    expect([answer.status, answer.body]).toEqual([200, event]);
  });

  it.each([
    ['the etag', (etag: string) => `"${etag}"`, 200],
    ['the etag without quotes', (etag: string) => etag, 200],
    ['a list that has it', (etag: string) => `"x", , "${etag}"`, 200],
    ['anything', () => '*', 200],
    ['another etag', () => '"x"', 412],
    ['a weak one', (etag: string) => `W/"${etag}"`, 412],
    ['half a quote', (etag: string) => `"${etag}`, 400],
    ['nothing', () => '', 400],
  ])('should honour If-Match with %s', async (_, write, status) => {
    const { id, etag } = await makeEvent();
    const headers = { 'if-match': write(etag) };
    const answer = await server.call('PATCH', `/api/v1/events/${id}`, { title: 'New' }, headers);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toBe(
      status === 412 ? 'stale_event' : status === 400 ? 'invalid_request' : undefined,
    );
  });

  it('should honour the etag in the body', async () => {
    const { id } = await makeEvent();
    const answer = await server.call('PATCH', `/api/v1/events/${id}`, { title: 'New', etag: 'zz' });
    expect(answer.body).toMatchObject({ code: 412, error: 'stale_event' });
  });

  it('should take a merge patch by its own type, which a POST may not have', async () => {
    const { id } = await makeEvent();
    const headers = { 'content-type': 'application/merge-patch+json; charset=utf-8' };
    const patched = await server.call('PATCH', `/api/v1/events/${id}`, { title: 'New' }, headers);
    const posted = await server.call('POST', '/api/v1/events', DENTIST, headers);
    expect(patched.body.title).toBe('New');
    expect(posted.body).toMatchObject({ code: 415, error: 'unsupported_media_type' });
  });
});

describe('DELETE /api/v1/events/{id}', () => {
  it('should answer 204 once, and not found the second time', async () => {
    const { id } = await makeEvent();
    const first = await server.call('DELETE', `/api/v1/events/${id}`);
    const second = await server.call('DELETE', `/api/v1/events/${id}`);
    expect([first.status, first.text, second.status]).toEqual([204, '', 404]);
  });

  it('should leave an event that If-Match does not name', async () => {
    const { id } = await makeEvent();
    const answer = await server.call('DELETE', `/api/v1/events/${id}`, undefined, { 'if-match': '"x"' });
    const after = await server.call('GET', `/api/v1/events/${id}`);
    expect([answer.status, after.status]).toEqual([412, 200]);
  });

  it('should mind no content type where there is no body', async () => {
    const { id } = await makeEvent();
    const answer = await server.call('DELETE', `/api/v1/events/${id}`, undefined, {
      'content-type': 'text/strange',
    });
    expect(answer.status).toBe(204);
  });
});

describe('listings', () => {
  it.each([
    'days/2026-11-23/occurrences',
    'weeks/2026-11-20/occurrences?time_zone=Europe/Berlin',
    'months/2026-11-01/occurrences?page_size=10',
    'occurrences?from=2026-11-23T00:00:00Z&to=2026-11-24T00:00:00Z',
    'occurrences?from=2026-11-23T00:00:00+01:00&to=2026-11-24T00:00:00%2B01:00',
  ])('should answer /api/v1/%s', async (path) => {
    const event = await makeEvent();
    const joint = path.includes('?') ? '&' : '?';
    const answer = await server.call('GET', `/api/v1/${path}${joint}calendar_id=${event.calendar_id}`);
    expect(answer.body).toEqual({
      occurrences: [
        {
          event_id: event.id,
          recurrence_id: '2026-11-23T09:00:00Z',
          calendar_id: event.calendar_id,
          title: 'Dentist',
          start: '2026-11-23T09:00:00Z',
          end: '2026-11-23T09:45:00Z',
          all_day: false,
          time_zone: 'UTC',
          busy: true,
          location: '',
          recurring: false,
          overridden: false,
        },
      ],
      next_page_token: '',
    });
  });

  it('should give every occurrence once, page by page', async () => {
    const calendar_id = await makeCalendar();
    for (const hour of ['10', '11', '12']) {
      const start = `2026-11-23T${hour}:00:00Z`;
      await server.call('POST', '/api/v1/events', { title: hour, start, duration: 'PT1H', calendar_id });
    }
    const titles: string[] = [];
    let token = '';
    do {
      const path = `/api/v1/days/2026-11-23/occurrences?calendar_id=${calendar_id}&page_size=2&page_token=${token}`;
      const { body } = await server.call('GET', path);
      titles.push(...body.occurrences.map(({ title }: { title: string }) => title));
      token = body.next_page_token;
    } while (token !== '');
    expect(titles).toEqual(['10', '11', '12']);
  });

  it('should merge what is busy', async () => {
    const { calendar_id } = await makeEvent();
    await server.call('POST', '/api/v1/events', {
      ...DENTIST,
      start: DENTIST.end,
      end: '2026-11-23T11:00:00Z',
      calendar_id,
    });
    const answer = await server.call(
      'GET',
      `/api/v1/freebusy?from=2026-11-23T00:00:00Z&to=2026-11-24T00:00:00Z&calendar_id=${calendar_id}`,
    );
    expect(answer.body).toEqual({ busy: [{ start: '2026-11-23T09:00:00Z', end: '2026-11-23T11:00:00Z' }] });
  });
});

describe('calendars', () => {
  it('should create, list and change', async () => {
    const created = await server.call('POST', '/api/v1/calendars', {
      name: 'Family',
      time_zone: 'Asia/Tokyo',
    });
    const { id } = created.body;
    const changed = await server.call('PATCH', `/api/v1/calendars/${id}`, { name: 'Home' });
    const listed = await server.call('GET', '/api/v1/calendars');
    expect(created.headers.get('location')).toBe(`/api/v1/calendars/${id}`);
    expect(changed.body).toMatchObject({ id, name: 'Home', time_zone: 'Asia/Tokyo', default: false });
    expect(listed.body.calendars[0].default).toBe(true);
    expect(listed.body.calendars).toContainEqual(changed.body);
  });
});

describe('access', () => {
  it.each([
    ['no credential', {}, 401, 'unauthenticated'],
    ['a wrong token', { authorization: 'Bearer dw_nonsense' }, 401, 'unauthenticated'],
  ])('should refuse %s', async (_, headers, status, error) => {
    const response = await fetch(`${server.origin}/api/v1/calendars`, { headers });
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([
      status,
      expect.stringContaining('Bearer'),
    ]);
    expect(await response.json()).toMatchObject({ code: status, error });
  });

  it('should refuse a token without the scope', async () => {
    const authorization = `Bearer ${await server.tokenOf('carol', ['monitor:read'])}`;
    const answer = await server.call('GET', '/api/v1/calendars', undefined, { authorization });
    expect(answer.body).toMatchObject({ code: 403, error: 'forbidden' });
  });
});
