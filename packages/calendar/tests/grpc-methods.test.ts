import { CalendarService } from '@daywatch/protocol/calendar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, failureOf, type TestClient } from './_support/grpc-client.ts';
import { startTestServer, type TestServer } from './_support/grpc-server.ts';

const { method } = CalendarService;
const MISSING_ID = '0196a1b2-1c2d-7e3f-8a4b-5c6d7e8f9a0b';

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

const MEETING = {
  title: 'Besprechung über Zölle',
  start: '2026-03-30T10:00:00',
  duration: 'PT45M',
  timeZone: 'Europe/Berlin',
  notifyBefore: ['PT15M'],
};

describe('CreateEvent', () => {
  it('should answer the whole event, with times in its zone', async () => {
    using client = connectNewUser();

    const event = await client.call(method.createEvent, { event: { ...MEETING, location: 'Saal 3' } });

    expect(event).toMatchObject({
      title: 'Besprechung über Zölle',
      start: '2026-03-30T10:00:00+02:00',
      end: '2026-03-30T10:45:00+02:00',
      duration: '',
      allDay: false,
      timeZone: 'Europe/Berlin',
      notifyBefore: ['PT15M'],
      location: 'Saal 3',
      busy: true,
      sequence: 0,
    });
    expect(event.id).toMatch(/^[0-9a-f]{8}-/);
    expect(event.uid).toBe(event.id);
    expect(event.etag).not.toBe('');
    expect(event.recurrence).toBeUndefined();
    const createdMs = Number(event.createdAt?.seconds) * 1000;
    expect(Math.abs(Date.now() - createdMs)).toBeLessThan(60_000);
  });

  it('should take empty text as absent, as proto3 cannot tell them apart', async () => {
    using client = connectNewUser();

    const event = await client.call(method.createEvent, {
      event: { ...MEETING, id: '', uid: '', calendarId: '', end: '', description: '', location: '' },
    });

    expect(event).toMatchObject({ description: '', location: '', end: '2026-03-30T10:45:00+02:00' });
  });

  it('should answer the stored event again for the same id and content', async () => {
    using client = connectNewUser();
    const event = { ...MEETING, id: MISSING_ID };

    const first = await client.call(method.createEvent, { event });
    const second = await client.call(method.createEvent, { event });

    expect(second).toEqual(first);
  });

  it('should tell busy: false from busy that is absent', async () => {
    using client = connectNewUser();

    const free = await client.call(method.createEvent, { event: { ...MEETING, busy: false } });
    const allDay = await client.call(method.createEvent, {
      event: { title: 'Holiday', start: '2026-03-30', allDay: true },
    });

    expect(free.busy).toBe(false);
    expect(allDay).toMatchObject({ busy: false, start: '2026-03-30', end: '2026-03-31' });
  });
});

describe('GetEvent and DeleteEvent', () => {
  it('should answer an event until it is deleted, and not find it the second time', async () => {
    using client = connectNewUser();
    const { id } = await client.call(method.createEvent, { event: MEETING });

    const found = await client.call(method.getEvent, { id: id.toUpperCase() });
    await client.call(method.deleteEvent, { id, etag: found.etag });
    const again = await failureOf(client.call(method.deleteEvent, { id }));

    expect(found.id).toBe(id);
    expect(again).toMatchObject({ status: 'NOT_FOUND', reason: 'event_not_found' });
    expect((await failureOf(client.call(method.getEvent, { id }))).status).toBe('NOT_FOUND');
  });

  it("should not find somebody else's event", async () => {
    using client = connectNewUser();
    using other = connectNewUser();
    const { id } = await client.call(method.createEvent, { event: MEETING });

    const failure = await failureOf(other.call(method.getEvent, { id }));

    expect(failure).toMatchObject({ status: 'NOT_FOUND', reason: 'event_not_found' });
  });
});

describe('UpdateEvent', () => {
  it('should change what the mask names and clear what it names and is unset', async () => {
    using client = connectNewUser();
    const { id } = await client.call(method.createEvent, {
      event: { ...MEETING, description: 'old', location: 'Saal 3' },
    });

    const event = await client.call(method.updateEvent, {
      event: { id, title: 'New', location: 'ignored: not in the mask' },
      updateMask: { paths: ['title', 'description', 'notify_before'] },
    });

    expect(event).toMatchObject({ title: 'New', description: '', location: 'Saal 3', notifyBefore: [] });
  });

  it('should change every field that is set where there is no mask', async () => {
    using client = connectNewUser();
    const { id } = await client.call(method.createEvent, { event: { ...MEETING, description: 'kept' } });

    const event = await client.call(method.updateEvent, { event: { id, title: 'New', busy: false } });

    expect(event).toMatchObject({ title: 'New', description: 'kept', busy: false });
  });

  it('should accept an event as it was answered, changed a little', async () => {
    using client = connectNewUser();
    const event = await client.call(method.createEvent, { event: MEETING });

    const changed = await client.call(method.updateEvent, { event: { ...event, title: 'Later' } });

    expect(changed).toMatchObject({ id: event.id, title: 'Later', start: event.start, uid: event.uid });
  });

  it('should replace the whole event for the mask *', async () => {
    using client = connectNewUser();
    const { id, calendarId } = await client.call(method.createEvent, {
      event: { ...MEETING, description: 'old', location: 'old' },
    });

    const event = await client.call(method.updateEvent, {
      event: { id, title: 'New', start: '2026-04-01T10:00:00Z', end: '2026-04-01T11:00:00Z' },
      updateMask: { paths: ['*'] },
    });

    expect(event).toMatchObject({ title: 'New', description: '', location: '', calendarId, timeZone: 'UTC' });
    expect(event.start).toBe('2026-04-01T10:00:00Z');
  });

  it('should move an event by start and duration alone', async () => {
    using client = connectNewUser();
    const { id } = await client.call(method.createEvent, { event: MEETING });

    const event = await client.call(method.updateEvent, {
      event: { id, start: '2026-03-31T09:00:00', duration: 'PT1H' },
      updateMask: { paths: ['start', 'end', 'duration'] },
    });

    expect(event).toMatchObject({ start: '2026-03-31T09:00:00+02:00', end: '2026-03-31T10:00:00+02:00' });
    expect(event.sequence).toBe(1);
  });

  it('should refuse an etag that is not current, with and without a mask', async () => {
    using client = connectNewUser();
    const { id, etag } = await client.call(method.createEvent, { event: MEETING });
    await client.call(method.updateEvent, { event: { id, etag, title: 'Second' } });

    for (const updateMask of [undefined, { paths: ['title'] }]) {
      const failure = await failureOf(
        client.call(method.updateEvent, {
          event: { id, etag, title: 'Third' },
          ...(updateMask && { updateMask }),
        }),
      );
      expect(failure).toMatchObject({ status: 'ABORTED', reason: 'stale_event', domain: 'daywatch' });
    }
  });

  it.each([
    [['colour'], "'colour' is no field"],
    [['timeZone'], "'timeZone' is no field"],
    [['title', 'title'], "'title' is named twice"],
    [['etag'], "'etag' is read-only"],
    [['created_at'], "'created_at' is read-only"],
    [['id'], "'id' names the event"],
    [['*', 'title'], "'*' replaces everything and stands alone"],
    [['constructor'], "'constructor' is no field"],
    [[''], "'' is no field"],
  ])('should refuse the mask %j and name what is wrong', async (paths, expected) => {
    using client = connectNewUser();
    const { id } = await client.call(method.createEvent, { event: MEETING });

    const failure = await failureOf(
      client.call(method.updateEvent, { event: { id, title: 'New' }, updateMask: { paths } }),
    );

    expect(failure).toMatchObject({ status: 'INVALID_ARGUMENT', reason: 'invalid_request' });
    expect(failure.violations).toEqual([
      { field: 'update_mask', description: expect.stringContaining(expected) as string },
    ]);
    expect((await client.call(method.getEvent, { id })).title).toBe(MEETING.title);
  });

  it('should refuse to clear what an event cannot be without', async () => {
    using client = connectNewUser();
    const { id } = await client.call(method.createEvent, { event: MEETING });

    const failure = await failureOf(
      client.call(method.updateEvent, { event: { id }, updateMask: { paths: ['title', 'start'] } }),
    );

    expect(failure).toMatchObject({ status: 'INVALID_ARGUMENT', reason: 'invalid_event' });
    expect(failure.violations.map(({ field }) => field).sort()).toEqual(['start', 'title']);
  });
});

describe('listings', () => {
  it('should list a day, a week and a month, in order of start', async () => {
    using client = connectNewUser();
    for (const start of ['2026-03-31T10:00:00Z', '2026-03-30T10:00:00Z', '2026-04-20T10:00:00Z']) {
      await client.call(method.createEvent, { event: { title: start, start, duration: 'PT1H' } });
    }

    const day = await client.call(method.listDay, { date: '2026-03-30' });
    const week = await client.call(method.listWeek, { date: '2026-03-30', timeZone: 'Europe/Berlin' });
    const month = await client.call(method.listMonth, { date: '2026-03-30' });

    expect(day.occurrences.map(({ title }) => title)).toEqual(['2026-03-30T10:00:00Z']);
    expect(week.occurrences.map(({ start }) => start)).toEqual([
      '2026-03-30T10:00:00Z',
      '2026-03-31T10:00:00Z',
    ]);
    expect(month.occurrences).toHaveLength(3);
    expect(month.nextPageToken).toBe('');
    expect(day.occurrences[0]).toMatchObject({
      recurrenceId: '2026-03-30T10:00:00Z',
      busy: true,
      allDay: false,
    });
  });

  it('should list a period page by page', async () => {
    using client = connectNewUser();
    for (let hour = 10; hour < 15; hour++) {
      await client.call(method.createEvent, {
        event: { title: `${hour}`, start: `2026-03-30T${hour}:00:00Z`, duration: 'PT1H' },
      });
    }

    const titles: string[] = [];
    let pageToken = '';
    do {
      const page = await client.call(method.listOccurrences, {
        from: '2026-03-30T00:00:00Z',
        to: '2026-03-31T00:00:00Z',
        pageSize: 2,
        pageToken,
      });
      titles.push(...page.occurrences.map(({ title }) => title));
      pageToken = page.nextPageToken;
    } while (pageToken !== '');

    expect(titles).toEqual(['10', '11', '12', '13', '14']);
  });

  it('should merge what is busy', async () => {
    using client = connectNewUser();
    for (const start of ['2026-03-30T10:00:00Z', '2026-03-30T11:00:00Z']) {
      await client.call(method.createEvent, { event: { title: 'x', start, duration: 'PT1H' } });
    }

    const { busy } = await client.call(method.queryFreeBusy, {
      from: '2026-03-30T00:00:00Z',
      to: '2026-03-31T00:00:00Z',
    });

    expect(busy.map(({ start, end }) => [start, end])).toEqual([
      ['2026-03-30T10:00:00Z', '2026-03-30T12:00:00Z'],
    ]);
  });

  it.each([
    ['a negative page size', { pageSize: -1 }, 'page_size'],
    ['a page size that is too large', { pageSize: 1001 }, 'page_size'],
    ['a page token of nobody', { pageToken: 'bm90IGEgdG9rZW4' }, 'page_token'],
    ['no date', { date: '' }, 'date'],
    ['an impossible date', { date: '2026-02-30' }, 'date'],
    ['an unknown zone', { timeZone: 'Mars/Olympus' }, 'time_zone'],
  ])('should refuse %s and name the field', async (_case, change, field) => {
    using client = connectNewUser();

    const failure = await failureOf(client.call(method.listWeek, { date: '2026-03-30', ...change }));

    expect(failure).toMatchObject({ status: 'INVALID_ARGUMENT', reason: 'invalid_request' });
    expect(failure.violations.map((violation) => violation.field)).toEqual([field]);
  });
});

describe('calendars', () => {
  it('should create, list and change calendars, the default one first', async () => {
    using client = connectNewUser();
    const team = await client.call(method.createCalendar, {
      calendar: { name: 'Team', timeZone: 'Europe/Paris' },
    });

    const renamed = await client.call(method.updateCalendar, {
      calendar: { id: team.id, name: 'Équipe', timeZone: 'UTC' },
      updateMask: { paths: ['name'] },
    });
    const moved = await client.call(method.updateCalendar, {
      calendar: { id: team.id, timeZone: 'Asia/Tokyo' },
    });
    const { calendars } = await client.call(method.listCalendars, {});

    expect(renamed).toMatchObject({ name: 'Équipe', timeZone: 'Europe/Paris', default: false });
    expect(moved).toMatchObject({ name: 'Équipe', timeZone: 'Asia/Tokyo' });
    expect(moved.revision).toBeGreaterThan(team.revision);
    expect(calendars.map((calendar) => calendar.default)).toEqual([true, false]);
    expect(calendars[1]).toEqual(moved);
  });

  it.each([
    [['revision'], 'invalid_request', 'update_mask'],
    [['name', 'name'], 'invalid_request', 'update_mask'],
    [['owner', 'nonsense'], 'invalid_request', 'update_mask'],
    [['name'], 'invalid_calendar', 'name'],
    [['time_zone'], 'invalid_calendar', 'time_zone'],
  ])('should refuse to update by the mask %j with nothing set', async (paths, reason, field) => {
    using client = connectNewUser();
    const { id } = await client.call(method.createCalendar, { calendar: { name: 'Team' } });

    const failure = await failureOf(
      client.call(method.updateCalendar, { calendar: { id }, updateMask: { paths } }),
    );

    expect(failure).toMatchObject({ status: 'INVALID_ARGUMENT', reason });
    expect(failure.violations.map((violation) => violation.field)).toEqual([field]);
  });
});
