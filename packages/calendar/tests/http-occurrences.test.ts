import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHttpServer, type TestHttpServer } from './_support/http-server.ts';
import { listSpring, makeSeries, pathOf, SECOND, THIRD } from './_support/http-series.ts';

let server: TestHttpServer;

beforeAll(async () => {
  server = await startHttpServer();
});

afterAll(() => server[Symbol.asyncDispose]());

async function startsOf(calendarId: string) {
  return (await listSpring(server, calendarId)).map(({ start }) => start);
}

describe('PATCH of an occurrence', () => {
  it('should move one and leave the others, and keep its name', async () => {
    const series = await makeSeries(server);
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
    const [, second] = await listSpring(server, series.calendar_id);
    expect(second).toMatchObject({ recurrence_id: SECOND, overridden: true, recurring: true });
    expect(await listSpring(server, series.calendar_id)).toHaveLength(5);
  });

  it('should take the value of the series again for null', async () => {
    const series = await makeSeries(server, { location: 'Room 1' });
    await server.call('PATCH', pathOf(series, SECOND), { title: 'Guests', location: 'Hall' });
    const answer = await server.call('PATCH', pathOf(series, SECOND), { location: null });
    expect(answer.body).toMatchObject({ title: 'Guests', location: 'Room 1' });
  });

  it('should take the occurrence back as it was answered', async () => {
    const series = await makeSeries(server);
    const { body: occurrence } = await server.call('GET', pathOf(series, SECOND));
    const answer = await server.call('PATCH', pathOf(series, SECOND), { ...occurrence, title: 'Guests' });
    expect(answer.body).toMatchObject({ title: 'Guests', start: occurrence.start, recurrence_id: SECOND });
  });

  it('should split the series for what follows, and link both', async () => {
    const series = await makeSeries(server);
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
    const series = await makeSeries(server);
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
    const answer = await server.call('PATCH', pathOf(await makeSeries(server), SECOND), patch);
    expect(answer.body).toMatchObject({ code: 400, error: 'invalid_event', details: [{ field }] });
  });

  it('should refuse a time that is taken, by another occurrence too', async () => {
    const series = await makeSeries(server);
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
    const series = await makeSeries(server);
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
    const series = await makeSeries(server);
    const first = await server.call('DELETE', pathOf(series, SECOND));
    const second = await server.call('DELETE', pathOf(series, SECOND));
    const after = await server.call('GET', `/api/v1/events/${series.id}`);
    expect([first.status, first.text, second.body.error]).toEqual([204, '', 'occurrence_not_found']);
    expect(after.body.recurrence.exdates).toEqual(['2027-03-22T09:00:00+01:00']);
    expect(await startsOf(series.calendar_id)).toHaveLength(4);
  });

  it('should end the series before it with scope=following', async () => {
    const series = await makeSeries(server);
    const answer = await server.call('DELETE', pathOf(series, THIRD, 'following'));
    expect(answer.status).toBe(204);
    expect(await startsOf(series.calendar_id)).toEqual([
      '2027-03-15T09:00:00+01:00',
      '2027-03-22T09:00:00+01:00',
    ]);
  });

  it('should leave one that If-Match does not name', async () => {
    const series = await makeSeries(server);
    const headers = { 'if-match': '"zz"' };
    const answer = await server.call('DELETE', pathOf(series, SECOND), undefined, headers);
    expect([answer.status, (await startsOf(series.calendar_id)).length]).toEqual([412, 5]);
  });
});
