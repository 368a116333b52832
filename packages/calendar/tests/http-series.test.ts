import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHttpServer, type TestHttpServer } from './_support/http-server.ts';
import { listSpring, makeSeries, pathOf, SECOND, THIRD } from './_support/http-series.ts';

let server: TestHttpServer;

beforeAll(async () => {
  server = await startHttpServer();
});

afterAll(() => server[Symbol.asyncDispose]());

describe('a series', () => {
  it('should be answered with its rule in canonical form and its dates in its zone', async () => {
    const series = await makeSeries(server, {
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
    const { id, calendar_id } = await makeSeries(server);
    const occurrences = await listSpring(server, calendar_id);
    expect(occurrences.map(({ start, recurrence_id }) => [start, recurrence_id]).slice(0, 3)).toEqual([
      ['2027-03-15T09:00:00+01:00', '2027-03-15T08:00:00Z'],
      ['2027-03-22T09:00:00+01:00', SECOND],
      ['2027-03-29T09:00:00+02:00', THIRD],
    ]);
    expect(occurrences).toHaveLength(5);
    expect(occurrences[0]).toMatchObject({ event_id: id, recurring: true, overridden: false });
  });

  it('should take the members of a recurrence one by one', async () => {
    const { id } = await makeSeries(server, {
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=5', exdates: [SECOND] },
    });
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
    const series = await makeSeries(server, { recurrence: { rrule: 'FREQ=WEEKLY', exdates: [SECOND] } });
    const answer = await server.call('PATCH', `/api/v1/events/${series.id}`, series);
    expect([answer.status, answer.body]).toEqual([200, series]);
  });

  it('should say which occurrence is in the way of which', async () => {
    const { id, calendar_id } = await makeSeries(server);
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
    const series = await makeSeries(server);
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
    const series = await makeSeries(server);
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
    const answer = await server.call('GET', pathOf(await makeSeries(server), recurrenceId));
    expect(answer.body).toMatchObject({ recurrence_id: THIRD });
  });

  it('should know those of all-day events by dates', async () => {
    const series = await makeSeries(server, {
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
    const series = await makeSeries(server);
    const headers = { 'if-none-match': `"${series.etag}"` };
    const answer = await server.call('GET', pathOf(series, THIRD), undefined, headers);
    expect([answer.status, answer.text]).toEqual([304, '']);
  });

  it.each(['2027-03-29T07:00:01Z', '2027-03-30', '2027-03-29'])(
    'should not find %s',
    async (recurrenceId) => {
      const answer = await server.call('GET', pathOf(await makeSeries(server), recurrenceId));
      expect(answer.body).toMatchObject({ code: 404, error: 'occurrence_not_found', details: [] });
    },
  );

  it('should say what a recurrence id is where it is given none', async () => {
    const answer = await server.call('GET', pathOf(await makeSeries(server), 'monday'));
    const description = expect.stringContaining("'monday' is no recurrence id; allowed is") as string;
    const details = [{ field: 'recurrence_id', description }];
    expect(answer.body).toMatchObject({ code: 400, error: 'invalid_request', details });
  });

  it('should hide those of somebody else', async () => {
    const series = await makeSeries(server);
    const authorization = `Bearer ${await server.tokenOf('bob')}`;
    const answer = await server.call('GET', pathOf(series, THIRD), undefined, { authorization });
    expect(answer.body).toMatchObject({ code: 404, error: 'event_not_found' });
  });
});
