import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CalendarId } from '../src/calendar/calendar.ts';
import { ErrCalendarNotFound, ErrDateBusy, ErrEventExists, ErrEventNotFound } from '../src/errors.ts';
import type { Event } from '../src/event/event.ts';
import { MAX_CONFLICTS } from '../src/event/event-store.ts';
import type { TimeZoneId } from '../src/time/time-zone.ts';
import type { WallTime } from '../src/time/wall-time.ts';
import {
  allDay,
  at,
  changed,
  HOUR_MS,
  makeCalendar,
  makeFurtherCalendar,
  newEventId,
  newOwner,
  plan,
  query,
  timed,
} from './fixtures.ts';
import type { OpenStores, Stores } from './stores.ts';

/** What every EventStore keeps. The concurrent part is in event-store.concurrency.ts. */
export function describeEventStore(name: string, open: OpenStores): void {
  describe(`EventStore: ${name}`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores[Symbol.asyncDispose]());

    async function add(planned: ReturnType<typeof plan>): Promise<Event> {
      const result = await stores.events.add(planned);
      expect(result.kind).toBe('added');
      return result.event;
    }

    describe('add', () => {
      it('should answer the stored event and give back the same', async () => {
        const calendar = await makeCalendar(stores.calendars);
        const planned = plan(calendar, {
          uid: 'uid-1@example.org',
          title: 'Zażółć 🗓 "quoted" {1,2} \\ NULL',
          description: 'line\nline',
          location: 'Room 4',
          notifyBefore: ['P1D', 'PT15M'],
          timeZone: 'Europe/Berlin' as TimeZoneId,
          sequence: 3,
        });

        const added = await add(planned);

        expect(added).toEqual({ ...planned.event, revision: 1 });
        expect(await stores.events.get(calendar.owner, added.id)).toEqual(added);
      });

      it('should take an id that is said to be fresh', async () => {
        const calendar = await makeCalendar(stores.calendars);

        const result = await stores.events.add({ ...plan(calendar), freshId: true });

        expect(result).toMatchObject({ kind: 'added', event: { revision: 1 } });
      });

      it('should store a recurrence and its occurrences', async () => {
        const calendar = await makeCalendar(stores.calendars);
        const recurrence = {
          rrule: 'FREQ=DAILY;COUNT=3',
          exdates: ['2026-11-03T10:00:00' as WallTime],
          rdates: [],
        };
        const planned = plan(calendar, { recurrence });
        const [first] = planned.occurrences;
        const second = {
          recurrenceId: at('2026-11-04T10:00:00Z'),
          start: at('2026-11-04T12:00:00Z'),
          end: at('2026-11-04T13:00:00Z'),
          busy: true,
          changes: { schedule: timed('2026-11-04T12:00:00Z', '2026-11-04T13:00:00Z') },
        };

        const added = await add({ ...planned, occurrences: [first!, second] });

        expect((await stores.events.get(calendar.owner, added.id))?.recurrence).toEqual(recurrence);
        expect(await stores.events.list(query(calendar))).toMatchObject([
          { recurrenceId: first!.recurrenceId, schedule: { start: first!.start } },
          {
            recurrenceId: second.recurrenceId,
            schedule: { start: second.start, end: second.end },
            startsAt: second.start,
          },
        ]);
      });

      it('should answer what exists for an id that the owner has, in whichever calendar', async () => {
        const calendar = await makeCalendar(stores.calendars);
        const further = await makeFurtherCalendar(stores.calendars, calendar.owner);
        const existing = await add(plan(calendar));

        const again = await stores.events.add(plan(calendar, { id: existing.id, title: 'Other' }));
        const elsewhere = await stores.events.add(plan(further, { id: existing.id }));

        expect(again).toEqual({ kind: 'exists', event: existing });
        expect(elsewhere).toEqual({ kind: 'exists', event: existing });
        expect((await stores.calendars.get(calendar.owner, calendar.id))?.revision).toBe(1);
        expect((await stores.calendars.get(calendar.owner, further.id))?.revision).toBe(0);
      });

      it('should let two owners use the same id and uid', async () => {
        const [ours, theirs] = [await makeCalendar(stores.calendars), await makeCalendar(stores.calendars)];
        const mine = await add(plan(ours));

        const other = await add(plan(theirs, { id: mine.id }));

        expect(other.owner).toBe(theirs.owner);
        expect(await stores.events.get(ours.owner, mine.id)).toEqual(mine);
      });

      it('should refuse a uid that the calendar has', async () => {
        const calendar = await makeCalendar(stores.calendars);
        await add(plan(calendar, { uid: 'taken' }));

        const adding = stores.events.add(
          plan(calendar, { uid: 'taken', schedule: timed('2030-01-01T00:00:00Z', '2030-01-02T00:00:00Z') }),
        );

        await expect(adding).rejects.toThrow(ErrEventExists);
        expect((await stores.calendars.get(calendar.owner, calendar.id))?.revision).toBe(1);
      });

      it("should refuse a calendar that is not there or is somebody else's", async () => {
        const calendar = await makeCalendar(stores.calendars);

        const nowhere = plan({ ...calendar, id: randomUUID() as CalendarId });
        const foreign = plan({ ...calendar, owner: newOwner() });

        await expect(stores.events.add(nowhere)).rejects.toThrow(ErrCalendarNotFound);
        await expect(stores.events.add(foreign)).rejects.toThrow(ErrCalendarNotFound);
      });

      it('should not begin when the signal has fired', async () => {
        const calendar = await makeCalendar(stores.calendars);
        const planned = plan(calendar);
        const reason = new Error('gone');

        await expect(stores.events.add(planned, AbortSignal.abort(reason))).rejects.toBe(reason);

        expect(await stores.events.get(calendar.owner, planned.event.id)).toBeUndefined();
      });
    });

    describe('busy times', () => {
      it('should refuse an overlap, name what is in the way, and change nothing', async () => {
        const calendar = await makeCalendar(stores.calendars);
        const existing = await add(plan(calendar, { timeZone: 'Europe/Berlin' as TimeZoneId }));
        const planned = plan(calendar, { schedule: timed('2026-11-02T10:59:59Z', '2026-11-02T12:00:00Z') });

        const adding = stores.events.add(planned);

        await expect(adding).rejects.toMatchObject({
          code: 'date_busy',
          conflicts: [
            {
              eventId: existing.id,
              recurrenceId: '2026-11-02T10:00:00Z',
              start: '2026-11-02T11:00:00+01:00',
              end: '2026-11-02T12:00:00+01:00',
            },
          ],
        });
        expect(await stores.events.get(calendar.owner, planned.event.id)).toBeUndefined();
        expect(await stores.events.list(query(calendar))).toHaveLength(1);
        expect((await stores.calendars.get(calendar.owner, calendar.id))?.revision).toBe(1);
      });

      it('should let events touch: intervals are half-open', async () => {
        const calendar = await makeCalendar(stores.calendars);
        await add(plan(calendar));

        await add(plan(calendar, { schedule: timed('2026-11-02T11:00:00Z', '2026-11-02T12:00:00Z') }));
        await add(plan(calendar, { schedule: timed('2026-11-02T09:00:00Z', '2026-11-02T10:00:00Z') }));

        expect(await stores.events.list(query(calendar))).toHaveLength(3);
      });

      it('should let events overlap that are not busy, and calendars of their own', async () => {
        const calendar = await makeCalendar(stores.calendars);
        const further = await makeFurtherCalendar(stores.calendars, calendar.owner);
        await add(plan(calendar));

        await add(plan(calendar, { busy: false }));
        await add(plan(further));

        expect(await stores.events.list(query(calendar, { calendarId: undefined }))).toHaveLength(3);
      });

      it('should see an event that began a year before, and one inside', async () => {
        const calendar = await makeCalendar(stores.calendars);
        const long = await add(
          plan(calendar, { schedule: timed('2025-12-01T00:00:00Z', '2026-12-01T00:00:00Z') }),
        );

        const inside = plan(calendar);
        const around = plan(calendar, { schedule: timed('1026-01-01T00:00:00Z', '2126-01-01T00:00:00Z') });

        const conflicts = [{ eventId: long.id }];
        await expect(stores.events.add(inside)).rejects.toMatchObject({ conflicts });
        await expect(stores.events.add(around)).rejects.toMatchObject({ conflicts });
      });

      it(`should name the first ${MAX_CONFLICTS} conflicts, by start`, async () => {
        const calendar = await makeCalendar(stores.calendars);
        const starts = Array.from(
          { length: MAX_CONFLICTS + 2 },
          (_, i) => at('2026-11-02T00:00:00Z') + (11 - i) * HOUR_MS,
        );
        for (const start of starts) {
          const hour = {
            kind: 'timed',
            start: at(new Date(start).toISOString()),
            end: at(new Date(start + HOUR_MS).toISOString()),
          } as const;
          await add(plan(calendar, { schedule: hour }));
        }

        const error: unknown = await stores.events
          .add(plan(calendar, { schedule: timed('2026-11-02T00:30:00Z', '2026-11-03T00:00:00Z') }))
          .catch((error: unknown) => error);

        expect(error).toBeInstanceOf(ErrDateBusy);
        expect((error as ErrDateBusy).conflicts.map(({ start }) => start)).toEqual(
          Array.from({ length: MAX_CONFLICTS }, (_, i) => `2026-11-02T${String(i).padStart(2, '0')}:00:00Z`),
        );
      });

      it('should refuse an event whose own occurrences overlap', async () => {
        const calendar = await makeCalendar(stores.calendars);
        const planned = plan(calendar);
        const [first] = planned.occurrences;
        const second = {
          recurrenceId: at('2026-11-02T10:30:00Z'),
          start: at('2026-11-02T10:30:00Z'),
          end: at('2026-11-02T11:30:00Z'),
          busy: true,
        };

        const adding = stores.events.add({ ...planned, occurrences: [first!, second] });

        await expect(adding).rejects.toMatchObject({
          conflicts: [{ eventId: planned.event.id, recurrenceId: '2026-11-02T10:00:00Z' }],
        });
      });

      it('should spell the conflict with an all-day event in dates', async () => {
        const calendar = await makeCalendar(stores.calendars);
        const tokyo = 'Asia/Tokyo' as TimeZoneId;
        await add(plan(calendar, { schedule: allDay('2026-11-02', '2026-11-03'), timeZone: tokyo }));

        const before = plan(calendar, { schedule: timed('2026-11-01T14:00:00Z', '2026-11-01T15:00:00Z') });
        const inside = plan(calendar, { schedule: timed('2026-11-02T14:59:00Z', '2026-11-02T15:10:00Z') });

        await add(before);
        await expect(stores.events.add(inside)).rejects.toMatchObject({
          conflicts: [{ recurrenceId: '2026-11-02', start: '2026-11-02', end: '2026-11-03' }],
        });
      });
    });

    describe('update', () => {
      it('should replace the event and raise the revision by one', async () => {
        const calendar = await makeCalendar(stores.calendars);
        const existing = await add(plan(calendar));
        const schedule = timed('2026-11-02T10:30:00Z', '2026-11-02T12:00:00Z');

        const updated = await stores.events.update(calendar.owner, existing.id, (current) => {
          expect(current).toEqual(existing);
          return changed(current, { title: 'Moved', schedule, sequence: 1, uid: 'other' });
        });

        expect(updated).toEqual({
          ...existing,
          title: 'Moved',
          schedule,
          sequence: 1,
          uid: 'other',
          revision: 2,
        });
        expect(await stores.events.get(calendar.owner, existing.id)).toEqual(updated);
        expect(await stores.events.list(query(calendar))).toMatchObject([
          { title: 'Moved', schedule, startsAt: at('2026-11-02T10:30:00Z') },
        ]);
        expect((await stores.calendars.get(calendar.owner, calendar.id))?.revision).toBe(2);
      });

      it('should give the old time and the old uid free', async () => {
        const calendar = await makeCalendar(stores.calendars);
        const existing = await add(plan(calendar, { uid: 'first' }));
        const schedule = timed('2027-01-01T10:00:00Z', '2027-01-01T11:00:00Z');

        await stores.events.update(calendar.owner, existing.id, (current) =>
          changed(current, { schedule, uid: 'second' }),
        );

        await add(plan(calendar, { uid: 'first' }));
      });

      it('should write nothing where the change answers undefined', async () => {
        const calendar = await makeCalendar(stores.calendars);
        const existing = await add(plan(calendar));

        const same = await stores.events.update(calendar.owner, existing.id, () => undefined);

        expect(same).toEqual(existing);
        expect((await stores.calendars.get(calendar.owner, calendar.id))?.revision).toBe(1);
      });

      it('should refuse a taken time and a taken uid, and change nothing', async () => {
        const calendar = await makeCalendar(stores.calendars);
        const other = await add(plan(calendar, { uid: 'taken' }));
        const existing = await add(
          plan(calendar, { schedule: timed('2026-11-02T12:00:00Z', '2026-11-02T13:00:00Z') }),
        );
        const schedule = timed('2026-11-02T10:30:00Z', '2026-11-02T12:30:00Z');

        const moving = stores.events.update(calendar.owner, existing.id, (current) =>
          changed(current, { schedule }),
        );
        await expect(moving).rejects.toMatchObject({ code: 'date_busy', conflicts: [{ eventId: other.id }] });
        const renaming = stores.events.update(calendar.owner, existing.id, (current) =>
          changed(current, { uid: 'taken' }),
        );
        await expect(renaming).rejects.toThrow(ErrEventExists);

        expect(await stores.events.get(calendar.owner, existing.id)).toEqual(existing);
        expect(await stores.events.list(query(calendar))).toHaveLength(2);
        expect((await stores.calendars.get(calendar.owner, calendar.id))?.revision).toBe(2);
      });

      it('should refuse to become busy on a taken time', async () => {
        const calendar = await makeCalendar(stores.calendars);
        const other = await add(plan(calendar));
        const free = await add(plan(calendar, { busy: false }));

        const updating = stores.events.update(calendar.owner, free.id, (current) =>
          changed(current, { busy: true }),
        );

        await expect(updating).rejects.toMatchObject({ conflicts: [{ eventId: other.id }] });
      });

      it('should throw what the change throws, and change nothing', async () => {
        const calendar = await makeCalendar(stores.calendars);
        const existing = await add(plan(calendar));
        const reason = new Error('stale');

        const updating = stores.events.update(calendar.owner, existing.id, () => {
          throw reason;
        });

        await expect(updating).rejects.toBe(reason);
        expect(await stores.events.get(calendar.owner, existing.id)).toEqual(existing);
      });

      it("should not find somebody else's event, nor none", async () => {
        const calendar = await makeCalendar(stores.calendars);
        const existing = await add(plan(calendar));
        const fail = (): never => {
          throw new Error('it must not be seen');
        };

        await expect(stores.events.update(newOwner(), existing.id, fail)).rejects.toThrow(ErrEventNotFound);
        await expect(stores.events.update(calendar.owner, newEventId(), fail)).rejects.toThrow(
          ErrEventNotFound,
        );
      });
    });

    describe('delete', () => {
      it('should remove the event, raise the revision and leave a tombstone', async () => {
        const calendar = await makeCalendar(stores.calendars);
        const existing = await add(plan(calendar, { uid: 'gone' }));

        await stores.events.delete(calendar.owner, existing.id, () => undefined);

        expect(await stores.events.get(calendar.owner, existing.id)).toBeUndefined();
        expect(await stores.events.list(query(calendar))).toEqual([]);
        expect(await stores.listTombstones(calendar.id)).toEqual([
          { eventId: existing.id, uid: 'gone', revision: 2 },
        ]);
        expect((await stores.calendars.get(calendar.owner, calendar.id))?.revision).toBe(2);
      });

      it('should find nothing the second time, and let the id be used again', async () => {
        const calendar = await makeCalendar(stores.calendars);
        const existing = await add(plan(calendar));
        await stores.events.delete(calendar.owner, existing.id, () => undefined);

        await expect(stores.events.delete(calendar.owner, existing.id, () => undefined)).rejects.toThrow(
          ErrEventNotFound,
        );

        await add(plan(calendar, { id: existing.id }));
        await stores.events.delete(calendar.owner, existing.id, () => undefined);
        expect((await stores.listTombstones(calendar.id)).map(({ revision }) => revision)).toEqual([2, 4]);
      });

      it('should delete nothing where the check throws', async () => {
        const calendar = await makeCalendar(stores.calendars);
        const existing = await add(plan(calendar));
        const reason = new Error('stale');

        const deleting = stores.events.delete(calendar.owner, existing.id, (current) => {
          expect(current).toEqual(existing);
          throw reason;
        });

        await expect(deleting).rejects.toBe(reason);
        expect(await stores.events.get(calendar.owner, existing.id)).toEqual(existing);
        expect(await stores.listTombstones(calendar.id)).toEqual([]);
      });

      it("should not find somebody else's event", async () => {
        const calendar = await makeCalendar(stores.calendars);
        const existing = await add(plan(calendar));

        await expect(stores.events.delete(newOwner(), existing.id, () => undefined)).rejects.toThrow(
          ErrEventNotFound,
        );

        expect(await stores.events.get(newOwner(), existing.id)).toBeUndefined();
        expect(await stores.events.get(calendar.owner, existing.id)).toEqual(existing);
      });
    });

    describe('list', () => {
      it('should list what overlaps the period, also what began earlier, by start', async () => {
        const calendar = await makeCalendar(stores.calendars);
        const year = await add(
          plan(calendar, {
            busy: false,
            title: 'Year',
            schedule: timed('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'),
          }),
        );
        const into = await add(
          plan(calendar, { title: 'Into', schedule: timed('2026-11-01T23:00:00Z', '2026-11-02T00:00:01Z') }),
        );
        await add(
          plan(calendar, {
            title: 'Before',
            schedule: timed('2026-11-01T22:00:00Z', '2026-11-01T23:00:00Z'),
          }),
        );
        await add(
          plan(calendar, {
            title: 'Touches',
            busy: false,
            schedule: timed('2026-11-01T20:00:00Z', '2026-11-02T00:00:00Z'),
          }),
        );
        const last = await add(
          plan(calendar, { title: 'Last', schedule: timed('2026-11-02T23:59:59Z', '2026-11-03T05:00:00Z') }),
        );
        await add(
          plan(calendar, {
            title: 'After',
            busy: false,
            schedule: timed('2026-11-03T00:00:00Z', '2026-11-03T01:00:00Z'),
          }),
        );

        const listed = await stores.events.list(
          query(calendar, { from: at('2026-11-02T00:00:00Z'), to: at('2026-11-03T00:00:00Z') }),
        );

        expect(listed.map(({ eventId }) => eventId)).toEqual([year.id, into.id, last.id]);
        expect(listed[1]).toEqual({
          eventId: into.id,
          recurrenceId: at('2026-11-01T23:00:00Z'),
          calendarId: calendar.id,
          title: 'Into',
          schedule: into.schedule,
          timeZone: into.timeZone,
          busy: true,
          location: '',
          recurring: false,
          overridden: false,
          startsAt: at('2026-11-01T23:00:00Z'),
        });
      });

      it("should list all calendars of the owner together, and nobody else's", async () => {
        const calendar = await makeCalendar(stores.calendars);
        const further = await makeFurtherCalendar(stores.calendars, calendar.owner);
        const stranger = await makeCalendar(stores.calendars);
        const second = await add(plan(calendar));
        const first = await add(
          plan(further, { schedule: timed('2026-11-02T09:00:00Z', '2026-11-02T12:00:00Z') }),
        );
        await add(plan(stranger));

        const all = await stores.events.list(query(calendar, { calendarId: undefined }));
        const foreign = await stores.events.list(query(calendar, { calendarId: stranger.id }));

        expect(all.map(({ eventId }) => eventId)).toEqual([first.id, second.id]);
        expect(foreign).toEqual([]);
      });

      it('should order what starts at once by event id, and page through it', async () => {
        const calendar = await makeCalendar(stores.calendars);
        const ids: string[] = [];
        for (let i = 0; i < 7; i++) ids.push((await add(plan(calendar, { busy: false }))).id);
        const first = await stores.events.list(query(calendar, { limit: 3 }));
        const last = first.at(-1)!;
        const after = { start: last.startsAt, eventId: last.eventId, recurrenceId: last.recurrenceId };

        const rest = await stores.events.list(query(calendar, { after }));

        expect([...first, ...rest].map(({ eventId }) => eventId)).toEqual(ids.toSorted());
      });

      it.each([
        ['the first hour that is taken', timed('0001-01-01T00:00:00Z', '0001-01-01T01:00:00Z'), 'UTC'],
        ['the last second that is taken', timed('9999-12-31T23:59:58Z', '9999-12-31T23:59:59Z'), 'UTC'],
        ['nearly all of time', timed('0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z'), 'UTC'],
        ['a thousand years', timed('1000-01-01T00:00:00Z', '2000-01-01T00:00:00Z'), 'Europe/Berlin'],
        [
          'a second in the time before zones',
          timed('1700-01-01T00:00:00Z', '1700-01-01T00:00:01Z'),
          'Europe/Amsterdam',
        ],
        [
          'the first day in Tokyo, which begins in the year 0 in UTC',
          allDay('0001-01-01', '0001-01-02'),
          'Asia/Tokyo',
        ],
        [
          'the last day in Honolulu, which ends in the year 10000 in UTC',
          allDay('9999-12-30', '9999-12-31'),
          'Pacific/Honolulu',
        ],
        ['a day of 23 hours', allDay('2026-03-29', '2026-03-30'), 'Europe/Berlin'],
        ['a day that begins at one', allDay('2018-11-04', '2018-11-05'), 'America/Sao_Paulo'],
        ['days of which the zone skips one', allDay('2011-12-29', '2011-12-31'), 'Pacific/Apia'],
      ])('should keep and list %s', async (_, schedule, zone) => {
        const calendar = await makeCalendar(stores.calendars);

        const added = await add(plan(calendar, { schedule, timeZone: zone as TimeZoneId }));

        const [span] = plan(calendar, { schedule, timeZone: zone as TimeZoneId }).occurrences;
        expect((await stores.events.get(calendar.owner, added.id))?.schedule).toEqual(schedule);
        const exactly = { from: span!.start, to: span!.end };
        expect(await stores.events.list(query(calendar, exactly))).toMatchObject([
          { schedule, recurrenceId: span!.recurrenceId, startsAt: span!.start },
        ]);
        expect(await stores.events.listBusy(query(calendar, exactly))).toEqual([
          { start: span!.start, end: span!.end },
        ]);
      });

      it('should take a position far outside of what is stored', async () => {
        const calendar = await makeCalendar(stores.calendars);
        await add(plan(calendar));
        const eventId = newEventId();
        const far = 999_999_999_999_999;

        const none = await stores.events.list(
          query(calendar, { after: { start: far, eventId, recurrenceId: far } as never }),
        );
        const all = await stores.events.list(
          query(calendar, { after: { start: -far, eventId, recurrenceId: -far } as never }),
        );

        expect([none.length, all.length]).toEqual([0, 1]);
      });
    });

    describe('listBusy', () => {
      it('should merge what touches or overlaps, cut to the period', async () => {
        const calendar = await makeCalendar(stores.calendars);
        const further = await makeFurtherCalendar(stores.calendars, calendar.owner);
        await add(plan(calendar, { schedule: timed('2026-11-02T08:00:00Z', '2026-11-02T10:00:00Z') }));
        await add(plan(calendar, { schedule: timed('2026-11-02T10:00:00Z', '2026-11-02T11:00:00Z') }));
        await add(plan(further, { schedule: timed('2026-11-02T10:30:00Z', '2026-11-02T12:00:00Z') }));
        await add(plan(calendar, { schedule: timed('2026-11-02T13:00:00Z', '2026-11-02T20:00:00Z') }));
        await add(
          plan(calendar, { busy: false, schedule: timed('2026-11-02T12:00:00Z', '2026-11-02T13:00:00Z') }),
        );
        const period = { from: at('2026-11-02T09:00:00Z'), to: at('2026-11-02T14:00:00Z') };

        const all = await stores.events.listBusy(query(calendar, { ...period, calendarId: undefined }));
        const one = await stores.events.listBusy(query(calendar, { ...period, calendarId: further.id }));

        expect(all).toEqual([
          { start: period.from, end: at('2026-11-02T12:00:00Z') },
          { start: at('2026-11-02T13:00:00Z'), end: period.to },
        ]);
        expect(one).toEqual([{ start: at('2026-11-02T10:30:00Z'), end: at('2026-11-02T12:00:00Z') }]);
      });
    });
  });
}
