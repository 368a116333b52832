import { CalendarService, OccurrenceScope } from '@daywatch/protocol/calendar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, failureOf, type TestClient } from './_support/grpc-client.ts';
import { startTestServer, type TestServer } from './_support/grpc-server.ts';

const { method } = CalendarService;
const { THIS, FOLLOWING } = OccurrenceScope;

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

/** Every test is a user of its own, so that none sees the events of another. */
let users = 0;

function connectNewUser(): TestClient {
  return connect(server.address, `user${users++}`);
}

/** Four days at 10:00 in Berlin, the second of them left out. */
const SERIES = {
  title: 'Standup',
  start: '2027-05-03T10:00:00',
  duration: 'PT15M',
  timeZone: 'Europe/Berlin',
  recurrence: { rrule: 'FREQ=DAILY;COUNT=4', exdates: ['2027-05-04T10:00:00'] },
};
const LEFT_OUT = '2027-05-04T10:00:00+02:00';
const THIRD = '2027-05-05T08:00:00Z';

async function listWeek(client: TestClient) {
  const { occurrences } = await client.call(method.listWeek, {
    date: '2027-05-03',
    timeZone: 'Europe/Berlin',
  });
  return occurrences;
}

describe('a series', () => {
  it('should be created, answered and listed', async () => {
    using client = connectNewUser();
    const event = await client.call(method.createEvent, { event: SERIES });
    expect(event.recurrence).toMatchObject({ rrule: 'FREQ=DAILY;COUNT=4', exdates: [LEFT_OUT], rdates: [] });
    expect(event).toMatchObject({ recurrenceId: '', conflicts: [], continues: '', continuedBy: '' });
    const occurrences = await listWeek(client);
    expect(occurrences.map(({ recurrenceId }) => recurrenceId)).toEqual([
      '2027-05-03T08:00:00Z',
      THIRD,
      '2027-05-06T08:00:00Z',
    ]);
    expect(occurrences[0]).toMatchObject({ recurring: true, overridden: false });
  });

  it.each([
    [['recurrence.rrule'], { rrule: 'FREQ=DAILY;COUNT=3', exdates: [LEFT_OUT], rdates: [] }],
    [['recurrence.exdates'], { rrule: 'FREQ=DAILY;COUNT=4', exdates: [], rdates: [] }],
    [
      ['recurrence.rdates'],
      { rrule: 'FREQ=DAILY;COUNT=4', exdates: [LEFT_OUT], rdates: ['2027-05-20T10:00:00+02:00'] },
    ],
    [
      ['recurrence.rrule', 'recurrence.rdates', 'title'],
      { rrule: 'FREQ=DAILY;COUNT=3', exdates: [LEFT_OUT], rdates: ['2027-05-20T10:00:00+02:00'] },
    ],
    [['recurrence'], { rrule: 'FREQ=DAILY;COUNT=3', exdates: [], rdates: ['2027-05-20T10:00:00+02:00'] }],
    [[], { rrule: 'FREQ=DAILY;COUNT=3', exdates: [LEFT_OUT], rdates: ['2027-05-20T10:00:00+02:00'] }],
  ])('should change by the mask %j what it names and no more', async (paths, expected) => {
    using client = connectNewUser();
    const { id } = await client.call(method.createEvent, { event: SERIES });
    const event = await client.call(method.updateEvent, {
      event: {
        id,
        title: 'Daily',
        recurrence: { rrule: 'FREQ=DAILY;COUNT=3', rdates: ['2027-05-20T10:00:00'] },
      },
      updateMask: { paths },
    });
    expect(event.recurrence).toMatchObject(expected);
    expect(event.title).toBe(paths.length === 0 || paths.includes('title') ? 'Daily' : 'Standup');
  });

  it('should take place once where the mask names a recurrence that is unset', async () => {
    using client = connectNewUser();
    const { id } = await client.call(method.createEvent, { event: SERIES });
    const event = await client.call(method.updateEvent, {
      event: { id },
      updateMask: { paths: ['recurrence'] },
    });
    expect(event.recurrence).toBeUndefined();
    expect(await listWeek(client)).toMatchObject([{ start: '2027-05-03T10:00:00+02:00', recurring: false }]);
  });

  it.each([
    [['recurrence', 'recurrence.rrule'], "'recurrence.rrule' is a part of 'recurrence', which is named"],
    [['recurrence.rrule', 'recurrence.rrule'], "'recurrence.rrule' is named twice"],
    [['recurrence.rule'], "'recurrence.rule' is no field"],
    [['recurrence.'], "'recurrence.' is no field"],
    [['recurrence_id'], "'recurrence_id' is read-only"],
    [['conflicts'], "'conflicts' is read-only"],
    [['dropped_overrides'], "'dropped_overrides' is read-only"],
    [['continues'], "'continues' is read-only"],
    [['continued_by'], "'continued_by' is read-only"],
  ])('should refuse the mask %j and name what is wrong', async (paths, expected) => {
    using client = connectNewUser();
    const { id } = await client.call(method.createEvent, { event: SERIES });
    const failure = await failureOf(
      client.call(method.updateEvent, { event: { id }, updateMask: { paths } }),
    );
    expect(failure).toMatchObject({ status: 'INVALID_ARGUMENT', reason: 'invalid_request' });
    expect(failure.violations).toEqual([
      { field: 'update_mask', description: expect.stringContaining(expected) as string },
    ]);
  });

  it('should name the part of a recurrence that is wrong', async () => {
    using client = connectNewUser();
    const recurrence = { rrule: 'FREQ=DAILY;BYHOUR=25', exdates: ['2027-05-04T10:00:00', 'soon'] };
    const failure = await failureOf(client.call(method.createEvent, { event: { ...SERIES, recurrence } }));
    expect(failure).toMatchObject({ status: 'INVALID_ARGUMENT', reason: 'invalid_event' });
    expect(failure.violations.map(({ field }) => field).toSorted()).toEqual([
      'recurrence.exdates[1]',
      'recurrence.rrule',
    ]);
  });

  it('should tell which occurrences are in the way', async () => {
    using client = connectNewUser();
    const { id } = await client.call(method.createEvent, { event: SERIES });
    const failure = await failureOf(
      client.call(method.createEvent, {
        event: { ...SERIES, recurrence: { rrule: 'FREQ=WEEKLY;COUNT=2' }, start: '2027-05-05T10:10:00' },
      }),
    );
    expect(failure).toMatchObject({ status: 'FAILED_PRECONDITION', reason: 'date_busy' });
    expect(failure.conflicts).toMatchObject([
      { eventId: id, recurrenceId: THIRD, start: '2027-05-05T10:00:00+02:00' },
    ]);
  });
});

describe('GetOccurrence', () => {
  it('should answer it as an event', async () => {
    using client = connectNewUser();
    const series = await client.call(method.createEvent, { event: SERIES });
    const occurrence = await client.call(method.getOccurrence, { eventId: series.id, recurrenceId: THIRD });
    expect(occurrence).toMatchObject({
      id: series.id,
      recurrenceId: THIRD,
      start: '2027-05-05T10:00:00+02:00',
      end: '2027-05-05T10:15:00+02:00',
      etag: series.etag,
    });
    expect(occurrence.recurrence).toBeUndefined();
  });

  it("should find none that is left out, none that never was, and none of somebody else's", async () => {
    using client = connectNewUser();
    using other = connectNewUser();
    const { id: eventId } = await client.call(method.createEvent, { event: SERIES });
    for (const recurrenceId of ['2027-05-04T08:00:00Z', '2027-05-07T08:00:00Z']) {
      const failure = await failureOf(client.call(method.getOccurrence, { eventId, recurrenceId }));
      expect(failure).toMatchObject({ status: 'NOT_FOUND', reason: 'occurrence_not_found' });
    }
    const noId = await failureOf(client.call(method.getOccurrence, { eventId, recurrenceId: 'soon' }));
    expect(noId).toMatchObject({ status: 'INVALID_ARGUMENT', reason: 'invalid_request' });
    const failure = await failureOf(other.call(method.getOccurrence, { eventId, recurrenceId: THIRD }));
    expect(failure).toMatchObject({ status: 'NOT_FOUND', reason: 'event_not_found' });
  });
});

describe('UpdateOccurrence', () => {
  it('should change one, with and without a mask, and clear to what the series has', async () => {
    using client = connectNewUser();
    const { id: eventId } = await client.call(method.createEvent, { event: { ...SERIES, location: 'A' } });
    const name = { eventId, recurrenceId: THIRD };
    const moved = await client.call(method.updateOccurrence, {
      ...name,
      event: { start: '2027-05-05T11:00:00', duration: 'PT5M', location: 'B', description: 'guests' },
    });
    const cleared = await client.call(method.updateOccurrence, {
      ...name,
      scope: THIS,
      event: {},
      updateMask: { paths: ['location'] },
    });
    expect(moved).toMatchObject({ start: '2027-05-05T11:00:00+02:00', location: 'B' });
    expect(cleared).toMatchObject({
      start: '2027-05-05T11:00:00+02:00',
      location: 'A',
      description: 'guests',
    });
    expect(await listWeek(client)).toMatchObject([
      { overridden: false },
      { overridden: true, recurrenceId: THIRD },
      { overridden: false },
    ]);
  });

  it('should take what the series has for all that the mask * finds unset', async () => {
    using client = connectNewUser();
    const { id: eventId } = await client.call(method.createEvent, { event: SERIES });
    const name = { eventId, recurrenceId: THIRD };
    await client.call(method.updateOccurrence, { ...name, event: { location: 'B', busy: false } });
    const occurrence = await client.call(method.updateOccurrence, {
      ...name,
      event: { title: 'Guests' },
      updateMask: { paths: ['*'] },
    });
    expect(occurrence).toMatchObject({
      title: 'Guests',
      location: '',
      busy: true,
      start: '2027-05-05T10:00:00+02:00',
    });
  });

  it('should accept an occurrence as it was answered, changed a little', async () => {
    using client = connectNewUser();
    const { id: eventId } = await client.call(method.createEvent, { event: SERIES });
    const name = { eventId, recurrenceId: THIRD };
    const occurrence = await client.call(method.getOccurrence, name);
    const changed = await client.call(method.updateOccurrence, {
      ...name,
      event: { ...occurrence, title: 'Guests' },
    });
    expect(changed).toMatchObject({ title: 'Guests', start: occurrence.start, recurrenceId: THIRD });
  });

  it('should split the series for what follows', async () => {
    using client = connectNewUser();
    const { id } = await client.call(method.createEvent, { event: SERIES });
    const next = await client.call(method.updateOccurrence, {
      eventId: id,
      recurrenceId: THIRD,
      scope: FOLLOWING,
      event: { title: 'Daily' },
      updateMask: { paths: ['title'] },
    });
    const before = await client.call(method.getEvent, { id });
    expect(next).toMatchObject({ continues: id, title: 'Daily', recurrenceId: '' });
    expect(before).toMatchObject({ continuedBy: next.id, title: 'Standup' });
    expect((await listWeek(client)).map(({ title }) => title)).toEqual(['Standup', 'Daily', 'Daily']);
  });

  it('should refuse a stale etag, and an occurrence that is not named', async () => {
    using client = connectNewUser();
    const { id: eventId } = await client.call(method.createEvent, { event: SERIES });
    const stale = await failureOf(
      client.call(method.updateOccurrence, {
        eventId,
        recurrenceId: THIRD,
        event: { title: 'x', etag: 'zz' },
      }),
    );
    expect(stale).toMatchObject({ status: 'ABORTED', reason: 'stale_event' });
    const calls = [
      [client.call(method.updateOccurrence, { recurrenceId: THIRD, event: {} }), 'event_id'],
      [client.call(method.updateOccurrence, { eventId, event: {} }), 'recurrence_id'],
      [client.call(method.updateOccurrence, { eventId, recurrenceId: THIRD }), 'event'],
      [client.call(method.deleteOccurrence, { eventId }), 'recurrence_id'],
      [client.call(method.getOccurrence, { recurrenceId: THIRD }), 'event_id'],
      [
        client.call(method.deleteOccurrence, { eventId, recurrenceId: THIRD, scope: 7 as OccurrenceScope }),
        'scope',
      ],
    ] as const;
    for (const [call, field] of calls) {
      const failure = await failureOf(call);
      expect(failure).toMatchObject({ status: 'INVALID_ARGUMENT', reason: 'invalid_request' });
      expect(failure.violations.map((violation) => violation.field)).toEqual([field]);
    }
  });
});

describe('DeleteOccurrence', () => {
  it('should delete one, and then what follows another', async () => {
    using client = connectNewUser();
    const { id: eventId, etag } = await client.call(method.createEvent, { event: SERIES });
    const name = { eventId, recurrenceId: THIRD };
    const stale = await failureOf(client.call(method.deleteOccurrence, { ...name, etag: 'zz' }));
    await client.call(method.deleteOccurrence, { ...name, etag });
    const again = await failureOf(client.call(method.deleteOccurrence, name));
    expect(stale).toMatchObject({ status: 'ABORTED', reason: 'stale_event' });
    expect(again).toMatchObject({ status: 'NOT_FOUND', reason: 'occurrence_not_found' });
    await client.call(method.deleteOccurrence, {
      eventId,
      recurrenceId: '2027-05-06T08:00:00Z',
      scope: FOLLOWING,
    });
    expect((await listWeek(client)).map(({ recurrenceId }) => recurrenceId)).toEqual([
      '2027-05-03T08:00:00Z',
    ]);
  });
});
