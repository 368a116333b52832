import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHttpServer, type TestHttpServer } from './_support/http-server.ts';

let server: TestHttpServer;

beforeAll(async () => {
  server = await startHttpServer();
});

afterAll(() => server[Symbol.asyncDispose]());

/** Five Mondays at 9:00 in Berlin, of which clocks go forward before the third. */
const MONDAYS = {
  title: 'Weekly',
  start: '2027-03-15T09:00:00',
  duration: 'PT1H',
  time_zone: 'Europe/Berlin',
  recurrence: { rrule: 'FREQ=WEEKLY;COUNT=5' },
};
const SECOND = '2027-03-22T08:00:00Z';
const THIRD = '2027-03-29T07:00:00Z';

/** Each series is in a calendar of its own, so that none is in another's way. */
async function makeSeries(content: object = {}) {
  const calendar = await server.call('POST', '/api/v1/calendars', { name: 'Test' });
  const calendar_id = calendar.body.id as string;
  const { status, body } = await server.call('POST', '/api/v1/events', {
    ...MONDAYS,
    calendar_id,
    ...content,
  });
  expect({ status, body }).toMatchObject({ status: 201 });
  return body;
}

function pathOf({ id }: { id: string }, recurrenceId: string, scope?: string): string {
  const query = scope === undefined ? '' : `?scope=${scope}`;
  return `/api/v1/events/${id}/occurrences/${recurrenceId}${query}`;
}

async function listSpring(calendarId: string) {
  const { body } = await server.call(
    'GET',
    `/api/v1/occurrences?from=2027-03-01T00:00:00Z&to=2027-06-01T00:00:00Z&calendar_id=${calendarId}`,
  );
  return body.occurrences as readonly Record<string, unknown>[];
}

async function startsOf(calendarId: string) {
  return (await listSpring(calendarId)).map(({ start }) => start);
}

describe('a series', () => {
  it('should be answered with its rule in canonical form and its dates in its zone', async () => {
    const series = await makeSeries({
      recurrence: {
        rrule: 'count=5;freq=weekly',
        exdates: ['2027-03-29T07:00:00Z'],
        rdates: ['2027-03-31T09:00:00'],
      },
    });
    expect(series.recurrence).toEqual({
      rrule: 'FREQ=WEEKLY;COUNT=5',
      exdates: ['2027-03-29T09:00:00+02:00'],
      rdates: ['2027-03-31T09:00:00+02:00'],
    });
    expect(series.recurrence_id).toBeNull();
  });

  it('should list its occurrences at the hour of its zone, and say that they recur', async () => {
    const { id, calendar_id } = await makeSeries();
    const occurrences = await listSpring(calendar_id);
    expect(occurrences.map(({ start, recurrence_id }) => [start, recurrence_id]).slice(0, 3)).toEqual([
      ['2027-03-15T09:00:00+01:00', '2027-03-15T08:00:00Z'],
      ['2027-03-22T09:00:00+01:00', SECOND],
      ['2027-03-29T09:00:00+02:00', THIRD],
    ]);
    expect(occurrences).toHaveLength(5);
    expect(occurrences[0]).toMatchObject({ event_id: id, recurring: true, overridden: false });
  });

  it('should take the members of a recurrence one by one', async () => {
    const { id } = await makeSeries({ recurrence: { rrule: 'FREQ=WEEKLY;COUNT=5', exdates: [SECOND] } });
    const path = `/api/v1/events/${id}`;
    const ruled = await server.call('PATCH', path, { recurrence: { rrule: 'FREQ=WEEKLY;COUNT=4' } });
    const dated = await server.call('PATCH', path, { recurrence: { exdates: [THIRD] } });
    const cleared = await server.call('PATCH', path, { recurrence: { exdates: null } });
    const single = await server.call('PATCH', path, { recurrence: null });
    const exdate = '2027-03-22T09:00:00+01:00';
    expect(ruled.body.recurrence).toEqual({ rrule: 'FREQ=WEEKLY;COUNT=4', exdates: [exdate], rdates: [] });
    expect(dated.body.recurrence).toMatchObject({
      rrule: 'FREQ=WEEKLY;COUNT=4',
      exdates: ['2027-03-29T09:00:00+02:00'],
    });
    expect(cleared.body.recurrence).toMatchObject({ exdates: [] });
    expect(single.body).toMatchObject({ recurrence: null, start: '2027-03-15T09:00:00+01:00' });
  });

  it('should be taken back as it was answered', async () => {
    const series = await makeSeries({ recurrence: { rrule: 'FREQ=WEEKLY', exdates: [SECOND] } });
    const answer = await server.call('PATCH', `/api/v1/events/${series.id}`, series);
    expect([answer.status, answer.body]).toEqual([200, series]);
  });

  it('should say which occurrence is in the way of which', async () => {
    const { id, calendar_id } = await makeSeries();
    const single = { title: 'Dentist', start: '2027-03-29T09:30:00+02:00', duration: 'PT1H', calendar_id };
    const answer = await server.call('POST', '/api/v1/events', single);
    expect(answer.body).toMatchObject({ code: 409, error: 'date_busy' });
    expect(answer.body.details).toEqual([
      {
        event_id: id,
        recurrence_id: THIRD,
        start: '2027-03-29T09:00:00+02:00',
        end: '2027-03-29T10:00:00+02:00',
      },
    ]);
  });

  it('should name the changed occurrences that a new rule has no place for', async () => {
    const series = await makeSeries();
    await server.call('PATCH', pathOf(series, SECOND), { title: 'Moved' });
    const answer = await server.call('PATCH', `/api/v1/events/${series.id}`, {
      recurrence: { rrule: 'FREQ=WEEKLY;INTERVAL=2;COUNT=3' },
    });
    expect(answer.body.dropped_overrides).toEqual([SECOND]);
    const after = await server.call('GET', `/api/v1/events/${series.id}`);
    expect(after.body.dropped_overrides).toEqual([]);
  });
});

describe('GET of an occurrence', () => {
  it('should answer it as an event, with the etag of the event', async () => {
    const series = await makeSeries();
    const answer = await server.call('GET', pathOf(series, THIRD));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe(`"${series.etag}"`);
    expect(answer.body).toEqual({
      ...series,
      start: '2027-03-29T09:00:00+02:00',
      end: '2027-03-29T10:00:00+02:00',
      recurrence: null,
      recurrence_id: THIRD,
    });
  });

  it.each([
    ['in UTC', '2027-03-29T07:00:00Z'],
    ['with an offset', '2027-03-29T09:00:00+02:00'],
    ['escaped', encodeURIComponent('2027-03-29T09:00:00+02:00')],
    ['in another offset, in small letters', '2027-03-29t03:00:00-04:00'],
  ])('should know it by its original start %s', async (_, recurrenceId) => {
    const answer = await server.call('GET', pathOf(await makeSeries(), recurrenceId));
    expect(answer.body).toMatchObject({ recurrence_id: THIRD });
  });

  it('should know those of all-day events by dates', async () => {
    const series = await makeSeries({
      start: '2027-03-15',
      duration: 'P1D',
      all_day: true,
      recurrence: { rrule: 'FREQ=DAILY;COUNT=3' },
    });
    const answer = await server.call('GET', pathOf(series, '2027-03-16'));
    expect(answer.body).toMatchObject({
      recurrence_id: '2027-03-16',
      start: '2027-03-16',
      end: '2027-03-17',
    });
  });

  it('should answer 304 to a client that has the version', async () => {
    const series = await makeSeries();
    const headers = { 'if-none-match': `"${series.etag}"` };
    const answer = await server.call('GET', pathOf(series, THIRD), undefined, headers);
    expect([answer.status, answer.text]).toEqual([304, '']);
  });

  it.each(['2027-03-29T07:00:01Z', '2027-03-30', 'monday', '2027-03-29'])(
    'should not find %s',
    async (recurrenceId) => {
      const answer = await server.call('GET', pathOf(await makeSeries(), recurrenceId));
      expect(answer.body).toMatchObject({ code: 404, error: 'occurrence_not_found', details: [] });
    },
  );

  it('should hide those of somebody else', async () => {
    const series = await makeSeries();
    const authorization = `Bearer ${await server.tokenOf('bob')}`;
    const answer = await server.call('GET', pathOf(series, THIRD), undefined, { authorization });
    expect(answer.body).toMatchObject({ code: 404, error: 'event_not_found' });
  });
});

describe('PATCH of an occurrence', () => {
  it('should move one and leave the others, and keep its name', async () => {
    const series = await makeSeries();
    const patch = { start: '2027-03-23T14:00:00', duration: 'PT1H', location: 'Room 4' };
    const answer = await server.call('PATCH', pathOf(series, SECOND, 'this'), patch);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      id: series.id,
      recurrence_id: SECOND,
      start: '2027-03-23T14:00:00+01:00',
      title: 'Weekly',
      location: 'Room 4',
      recurrence: null,
    });
    expect(answer.headers.get('etag')).toBe(`"${answer.body.etag}"`);
    expect(answer.body.etag).not.toBe(series.etag);
    const [, second] = await listSpring(series.calendar_id);
    expect(second).toMatchObject({ recurrence_id: SECOND, overridden: true, recurring: true });
    expect(await listSpring(series.calendar_id)).toHaveLength(5);
  });

  it('should take the value of the series again for null', async () => {
    const series = await makeSeries({ location: 'Room 1' });
    await server.call('PATCH', pathOf(series, SECOND), { title: 'Guests', location: 'Hall' });
    const answer = await server.call('PATCH', pathOf(series, SECOND), { location: null });
    expect(answer.body).toMatchObject({ title: 'Guests', location: 'Room 1' });
  });

  it('should take the occurrence back as it was answered', async () => {
    const series = await makeSeries();
    const { body: occurrence } = await server.call('GET', pathOf(series, SECOND));
    const answer = await server.call('PATCH', pathOf(series, SECOND), { ...occurrence, title: 'Guests' });
    expect(answer.body).toMatchObject({ title: 'Guests', start: occurrence.start, recurrence_id: SECOND });
  });

  it('should split the series for what follows, and link both', async () => {
    const series = await makeSeries();
    const patch = { start: '2027-03-29T10:00:00', duration: 'PT1H' };
    const answer = await server.call('PATCH', pathOf(series, THIRD, 'following'), patch);
    const before = await server.call('GET', `/api/v1/events/${series.id}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ continues: series.id, continued_by: null, recurrence_id: null });
    expect(answer.body.id).not.toBe(series.id);
    expect(before.body).toMatchObject({ continues: null, continued_by: answer.body.id });
    expect(await startsOf(series.calendar_id)).toEqual([
      '2027-03-15T09:00:00+01:00',
      '2027-03-22T09:00:00+01:00',
      '2027-03-29T10:00:00+02:00',
      '2027-04-05T10:00:00+02:00',
      '2027-04-12T10:00:00+02:00',
    ]);
  });

  it.each(['this', 'following'])('should honour If-Match and the etag in the body (%s)', async (scope) => {
    const series = await makeSeries();
    const path = pathOf(series, SECOND, scope);
    const byHeader = await server.call('PATCH', path, { title: 'x' }, { 'if-match': '"zz"' });
    const byBody = await server.call('PATCH', path, { title: 'x', etag: 'zz' });
    const current = await server.call('PATCH', path, { title: 'x' }, { 'if-match': `"${series.etag}"` });
    expect([byHeader.body.error, byBody.body.error]).toEqual(['stale_event', 'stale_event']);
    expect(current.body).toMatchObject({ title: 'x' });
  });

  it.each([
    ['recurrence', { recurrence: { rrule: 'FREQ=DAILY' } }],
    ['all_day', { all_day: true }],
    ['time_zone', { time_zone: 'UTC' }],
  ])('should refuse %s of one occurrence', async (field, patch) => {
    const answer = await server.call('PATCH', pathOf(await makeSeries(), SECOND), patch);
    expect(answer.body).toMatchObject({ code: 400, error: 'invalid_event', details: [{ field }] });
  });

  it('should refuse a time that is taken, by another occurrence too', async () => {
    const series = await makeSeries();
    const patch = { start: '2027-03-29T09:30:00', duration: 'PT1H' };
    const answer = await server.call('PATCH', pathOf(series, SECOND), patch);
    expect(answer.body).toMatchObject({ code: 409, error: 'date_busy' });
    expect(answer.body.details).toMatchObject([{ event_id: series.id, recurrence_id: THIRD }]);
  });

  it.each([
    ['scope=', "scope: '' is no scope; allowed are this and following"],
    ['scope=all', "scope: 'all' is no scope; allowed are this and following"],
    ['scope=THIS', "scope: 'THIS' is no scope; allowed are this and following"],
    ['scope=this&scope=this', 'scope: is given 2 times; allowed is once'],
    ['scop=this', "scop: is no parameter of this request; did you mean 'scope'?"],
  ])('should refuse ?%s', async (query, message) => {
    const series = await makeSeries();
    for (const method of ['PATCH', 'DELETE']) {
      const body = method === 'PATCH' ? { title: 'x' } : undefined;
      const answer = await server.call(method, `${pathOf(series, SECOND)}?${query}`, body);
      expect(answer.body).toMatchObject({ code: 400, error: 'invalid_request' });
      expect(answer.body.message).toContain(message);
    }
  });
});

describe('DELETE of an occurrence', () => {
  it('should leave the others, and not find it the second time', async () => {
    const series = await makeSeries();
    const first = await server.call('DELETE', pathOf(series, SECOND));
    const second = await server.call('DELETE', pathOf(series, SECOND));
    const after = await server.call('GET', `/api/v1/events/${series.id}`);
    expect([first.status, first.text, second.body.error]).toEqual([204, '', 'occurrence_not_found']);
    expect(after.body.recurrence.exdates).toEqual(['2027-03-22T09:00:00+01:00']);
    expect(await startsOf(series.calendar_id)).toHaveLength(4);
  });

  it('should end the series before it with scope=following', async () => {
    const series = await makeSeries();
    const answer = await server.call('DELETE', pathOf(series, THIRD, 'following'));
    expect(answer.status).toBe(204);
    expect(await startsOf(series.calendar_id)).toEqual([
      '2027-03-15T09:00:00+01:00',
      '2027-03-22T09:00:00+01:00',
    ]);
  });

  it('should leave one that If-Match does not name', async () => {
    const series = await makeSeries();
    const headers = { 'if-match': '"zz"' };
    const answer = await server.call('DELETE', pathOf(series, SECOND), undefined, headers);
    expect([answer.status, (await startsOf(series.calendar_id)).length]).toEqual([412, 5]);
  });
});
