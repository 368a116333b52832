import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../tests/_support/databases.ts';
import { startReadyApi, type ApiProcess } from './_support/process.ts';

const exec = promisify(execFile);

describe.each(['memory', 'postgres18', 'postgres15'] as const)('calendar_api on %s', (storage) => {
  let database: TestDatabase | undefined;
  let api: ApiProcess;

  beforeAll(async () => {
    database = storage === 'memory' ? undefined : await createTestDatabase({ server: storage });
    api = await startReadyApi(database ? { DAYWATCH_STORAGE_DSN: database.dsn } : {});
  });

  afterAll(async () => {
    await api.stop();
    await database?.drop();
  });

  /** A client that nobody here wrote. */
  async function curl(method: string, path: string, body?: unknown, headers: readonly string[] = []) {
    const { stdout } = await exec('curl', [
      '--silent',
      '--show-error',
      '--max-time',
      '20',
      '--request',
      method,
      '--header',
      `Authorization: Bearer ${api.token}`,
      '--write-out',
      '\n%{http_code}',
      ...headers.flatMap((header) => ['--header', header]),
      ...(body === undefined
        ? []
        : ['--header', 'Content-Type: application/json', '--data', JSON.stringify(body)]),
      `${api.origin}${path}`,
    ]);
    const end = stdout.lastIndexOf('\n');
    const text = stdout.slice(0, end);
    return { status: Number(stdout.slice(end + 1)), body: text === '' ? undefined : JSON.parse(text) };
  }

  it('should serve the life of an event to curl', async () => {
    const event = {
      title: 'Dentist',
      start: '2026-11-23T09:00:00',
      duration: 'PT45M',
      time_zone: 'Europe/Berlin',
    };
    const created = await curl('POST', '/api/v1/events', event);
    const path = `/api/v1/events/${created.body.id}`;
    const got = await curl('GET', path);
    const taken = await curl('POST', '/api/v1/events', event);
    const listed = await curl('GET', '/api/v1/weeks/2026-11-23/occurrences?time_zone=Europe/Berlin');
    const patched = await curl('PATCH', path, { title: 'Dentist, at last' }, [
      `If-Match: "${got.body.etag}"`,
    ]);
    const stale = await curl('PATCH', path, { title: 'Too late' }, [`If-Match: "${got.body.etag}"`]);
    const deleted = await curl('DELETE', path);
    const gone = await curl('GET', path);

    expect(created).toMatchObject({
      status: 201,
      body: { start: '2026-11-23T09:00:00+01:00', end: '2026-11-23T09:45:00+01:00', owner: 'admin' },
    });
    expect(got).toEqual({ status: 200, body: created.body });
    expect(taken).toMatchObject({
      status: 409,
      body: { error: 'date_busy', details: [{ event_id: created.body.id }] },
    });
    expect(listed.body.occurrences).toMatchObject([{ event_id: created.body.id, title: 'Dentist' }]);
    expect(patched).toMatchObject({ status: 200, body: { title: 'Dentist, at last' } });
    expect(stale).toMatchObject({ status: 412, body: { error: 'stale_event' } });
    expect(deleted).toEqual({ status: 204, body: undefined });
    expect(gone).toMatchObject({ status: 404, body: { error: 'event_not_found' } });
  });

  it('should serve the life of a series to curl', async () => {
    const created = await curl('POST', '/api/v1/events', {
      title: 'Weekly',
      start: '2027-03-15T09:00:00',
      duration: 'PT1H',
      time_zone: 'Europe/Berlin',
      recurrence: { rrule: 'FREQ=WEEKLY' },
    });
    const { id, etag } = created.body;
    const occurrence = (start: string) => `/api/v1/events/${id}/occurrences/${start}`;
    // An offset has a plus sign, which curl sends as it is.
    const moved = await curl(
      'PATCH',
      occurrence('2027-03-29T09:00:00+02:00'),
      { start: '2027-03-30T14:00:00', duration: 'PT1H' },
      [`If-Match: "${etag}"`],
    );
    const deleted = await curl('DELETE', occurrence('2027-03-22T08:00:00Z'));
    const split = await curl('PATCH', `${occurrence('2027-04-12T07:00:00Z')}?scope=following`, {
      start: '2027-04-12T10:00:00',
      duration: 'PT1H',
    });
    const ended = await curl(
      'DELETE',
      `/api/v1/events/${split.body.id}/occurrences/2027-04-26T08:00:00Z?scope=following`,
    );
    const listed = await curl('GET', '/api/v1/occurrences?from=2027-03-01T00:00:00Z&to=2028-01-01T00:00:00Z');
    const taken = await curl('POST', '/api/v1/events', {
      title: 'Other',
      start: '2027-04-19T10:30:00+02:00',
      duration: 'PT1H',
    });
    const series = await curl('GET', `/api/v1/events/${id}`);

    expect(created).toMatchObject({ status: 201, body: { recurrence: { rrule: 'FREQ=WEEKLY' } } });
    expect(moved).toMatchObject({
      status: 200,
      body: { recurrence_id: '2027-03-29T07:00:00Z', start: '2027-03-30T14:00:00+02:00', recurrence: null },
    });
    expect([deleted.status, split.status, ended.status]).toEqual([204, 200, 204]);
    expect(split.body).toMatchObject({ continues: id, start: '2027-04-12T10:00:00+02:00' });
    expect(
      listed.body.occurrences.map((each: { start: string; overridden: boolean }) => [
        each.start,
        each.overridden,
      ]),
    ).toEqual([
      ['2027-03-15T09:00:00+01:00', false],
      ['2027-03-30T14:00:00+02:00', true],
      ['2027-04-05T09:00:00+02:00', false],
      ['2027-04-12T10:00:00+02:00', false],
      ['2027-04-19T10:00:00+02:00', false],
    ]);
    expect(taken).toMatchObject({ status: 409, body: { details: [{ event_id: split.body.id }] } });
    expect(series.body).toMatchObject({
      continued_by: split.body.id,
      recurrence: { exdates: ['2027-03-22T09:00:00+01:00'] },
    });
  });

  it('should be open where it says so, and nowhere else', async () => {
    const statuses = await Promise.all(
      [
        '/hello',
        '/health',
        '/health/live',
        '/health/ready',
        '/metrics',
        '/openapi.json',
        '/docs',
        '/parts/calendar/health',
        '/parts/calendar/metrics',
        '/docs/swagger-ui.css',
        '/api/v1/events/x',
        '/api/v1/freebusy',
        '/docs/package.json',
        '/docs/../package.json',
      ].map(async (path) => [path, (await fetch(`${api.origin}${path}`)).status]),
    );
    expect(Object.fromEntries(statuses)).toEqual({
      '/hello': 200,
      '/health': 200,
      '/health/live': 200,
      '/health/ready': 200,
      '/metrics': 200,
      '/openapi.json': 200,
      '/docs': 200,
      '/parts/calendar/health': 200,
      '/parts/calendar/metrics': 200,
      '/docs/swagger-ui.css': 200,
      '/api/v1/events/x': 401,
      '/api/v1/freebusy': 401,
      '/docs/package.json': 404,
      '/docs/../package.json': 404,
    });
  });

  it('should keep its metrics from what comes through a proxy', async () => {
    const answer = await fetch(`${api.origin}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(answer.status).toBe(403);
  });

  it('should refuse a name that is not its own', async () => {
    const { status, body } = await curl('GET', '/api/v1/calendars', undefined, ['Host: evil.example']);
    expect([status, body.error]).toEqual([403, 'forbidden']);
  });

  it('should write one access line for each request, without its token', async () => {
    await api.fetch('/api/v1/calendars', { headers: { 'x-request-id': 'line-test' } });
    await api.stop();
    const lines = api
      .stdout()
      .split('\n')
      .filter((line) => line.includes('"request_id":"line-test"'));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      kind: 'access',
      method: 'GET',
      path: '/api/v1/calendars',
      protocol: 'HTTP/1.1',
      status: 200,
      client: '127.0.0.1',
      user_agent: 'node',
    });
    expect(api.stdout()).not.toContain(api.token);
  });
});
