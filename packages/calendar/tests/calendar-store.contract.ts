import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CalendarId } from '../src/calendar/calendar.ts';
import { MAX_CALENDARS } from '../src/calendar/calendar-store.ts';
import { ErrCalendarExists, ErrCalendarNotFound } from '../src/errors.ts';
import { toInstant } from '../src/time/instant.ts';
import type { TimeZoneId } from '../src/time/time-zone.ts';
import { calendarDraft, makeCalendar, NOW, newOwner } from './fixtures.ts';
import type { OpenStores, Stores } from './stores.ts';

/** What every CalendarStore keeps. */
export function describeCalendarStore(name: string, open: OpenStores): void {
  describe(`CalendarStore: ${name}`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores[Symbol.asyncDispose]());

    it('should make the default calendar once, and find it', async () => {
      const draft = calendarDraft(newOwner());

      expect(await stores.calendars.getDefault(draft.owner)).toBeUndefined();
      const made = await stores.calendars.ensureDefault(draft);
      const again = await stores.calendars.ensureDefault(calendarDraft(draft.owner));

      expect(made).toEqual({ ...draft, isDefault: true, revision: 0 });
      expect(again).toEqual(made);
      expect(await stores.calendars.getDefault(draft.owner)).toEqual(made);
      expect(await stores.calendars.get(draft.owner, draft.id)).toEqual(made);
    });

    it('should give the same default calendar to all who ask at once', async () => {
      const owner = newOwner();

      const made = await Promise.all(
        Array.from({ length: 50 }, () => stores.calendars.ensureDefault(calendarDraft(owner))),
      );

      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
      expect(await stores.calendars.list(owner)).toHaveLength(1);
    });

    it('should list the default calendar first, then by name and id', async () => {
      const { owner, id } = await makeCalendar(stores.calendars);
      const names = ['b', 'a', 'Z', 'ä', 'a', '🗓', '\uffee'];
      const added: { name: string; id: string }[] = [];
      for (const name of names) {
        const draft = calendarDraft(owner, { name });
        added.push(draft);
        expect((await stores.calendars.add(draft)).kind).toBe('added');
      }

      const listed = await stores.calendars.list(owner);

      const [a1, a2] = added.filter(({ name }) => name === 'a').toSorted((a, b) => (a.id < b.id ? -1 : 1));
      expect(listed.map(({ name }) => name)).toEqual(['Work', 'Z', 'a', 'a', 'b', 'ä', '\uffee', '🗓']);
      expect(listed.map((calendar) => calendar.id)).toMatchObject([
        id,
        listed[1]!.id,
        a1!.id,
        a2!.id,
        ...listed.slice(4).map((one) => one.id),
      ]);
    });

    it('should answer what exists, and refuse the id of another owner', async () => {
      const draft = calendarDraft(newOwner());
      const first = await stores.calendars.add(draft);

      const again = await stores.calendars.add({ ...draft, name: 'Other' });
      const stranger = calendarDraft(newOwner(), { id: draft.id });

      expect(again).toEqual({ kind: 'exists', calendar: (first as { calendar: unknown }).calendar });
      await expect(stores.calendars.add(stranger)).rejects.toThrow(ErrCalendarExists);
      await expect(stores.calendars.ensureDefault(stranger)).rejects.toThrow(ErrCalendarExists);
    });

    it(`should keep at most ${MAX_CALENDARS} calendars for an owner, also when added at once`, async () => {
      const { owner } = await makeCalendar(stores.calendars);

      const results = await Promise.all(
        Array.from({ length: MAX_CALENDARS + 10 }, () => stores.calendars.add(calendarDraft(owner))),
      );

      expect(results.filter(({ kind }) => kind === 'added')).toHaveLength(MAX_CALENDARS - 1);
      expect(results.filter(({ kind }) => kind === 'too-many')).toHaveLength(11);
      expect(await stores.calendars.list(owner)).toHaveLength(MAX_CALENDARS);
    });

    it('should change name and zone, and raise the revision', async () => {
      const calendar = await makeCalendar(stores.calendars);
      const updatedAt = toInstant(NOW + 1_000);
      const timeZone = 'Asia/Tokyo' as TimeZoneId;

      const updated = await stores.calendars.update(calendar.owner, calendar.id, (current) => {
        expect(current).toEqual(calendar);
        return { ...current, name: 'Home', timeZone, updatedAt };
      });

      expect(updated).toEqual({ ...calendar, name: 'Home', timeZone, updatedAt, revision: 1 });
      expect(await stores.calendars.get(calendar.owner, calendar.id)).toEqual(updated);
    });

    it('should change nothing where the change throws', async () => {
      const calendar = await makeCalendar(stores.calendars);
      const reason = new Error('no');

      const updating = stores.calendars.update(calendar.owner, calendar.id, () => {
        throw reason;
      });

      await expect(updating).rejects.toBe(reason);
      expect(await stores.calendars.get(calendar.owner, calendar.id)).toEqual(calendar);
    });

    it('should lose no update of many at once', async () => {
      const calendar = await makeCalendar(stores.calendars);

      await Promise.all(
        Array.from({ length: 30 }, () =>
          stores.calendars.update(calendar.owner, calendar.id, (current) => ({
            ...current,
            name: `${current.name}.`,
          })),
        ),
      );

      expect(await stores.calendars.get(calendar.owner, calendar.id)).toMatchObject({
        name: `Work${'.'.repeat(30)}`,
        revision: 30,
      });
    });

    it("should not find somebody else's calendar, nor none", async () => {
      const calendar = await makeCalendar(stores.calendars);
      const keep = (current: typeof calendar): typeof calendar => current;

      expect(await stores.calendars.get(newOwner(), calendar.id)).toBeUndefined();
      expect(await stores.calendars.list(newOwner())).toEqual([]);
      await expect(stores.calendars.update(newOwner(), calendar.id, keep)).rejects.toThrow(
        ErrCalendarNotFound,
      );
      await expect(stores.calendars.update(calendar.owner, randomUUID() as CalendarId, keep)).rejects.toThrow(
        ErrCalendarNotFound,
      );
    });
  });
}
