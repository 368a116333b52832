import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserId } from '../src/event/event.ts';
import { RECENT_MS } from '../src/changes/change-log.ts';
import { toInstant, type Instant } from '../src/time/instant.ts';
import { makeCalendar, makeFurtherCalendar, newOwner, NOW, plan } from './fixtures.ts';
import type { OpenStores, Stores } from './stores.ts';

const DUE = toInstant(Date.parse('2026-11-02T09:45:00Z'));

/** What every ChangeLog promises. */
export function describeChangeLog(name: string, open: OpenStores): void {
  describe(`the change log of ${name}`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores[Symbol.asyncDispose]());

    const read = async (owner: UserId, now: Instant = NOW) => (await stores.changes.read([owner], now))[0];

    it('should tell the revision of every calendar of each owner, in the order of the owners', async () => {
      const [ann, bob] = [await makeCalendar(stores.calendars), await makeCalendar(stores.calendars)];
      const further = await makeFurtherCalendar(stores.calendars, ann.owner);
      await stores.events.add(plan(ann));
      await stores.events.add(plan(further));

      const states = await stores.changes.read([bob.owner, newOwner(), ann.owner], NOW);

      expect(states).toEqual([
        { calendars: [{ id: bob.id, revision: bob.revision }], reminders: '' },
        { calendars: [], reminders: '' },
        {
          calendars: [
            { id: ann.id, revision: ann.revision + 1 },
            { id: further.id, revision: further.revision + 1 },
          ].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
          reminders: '',
        },
      ]);
    });

    it('should say that a reminder was sent or failed, and of nothing that is long past', async () => {
      const calendar = await makeCalendar(stores.calendars);
      const planned = plan(calendar, { notifyBefore: ['PT15M', 'PT10M'] });
      await stores.events.add(planned);
      const key = (before: string) => ({
        calendarId: calendar.id,
        eventId: planned.event.id,
        recurrenceId: planned.occurrences[0]?.recurrenceId ?? NOW,
        before,
        version: 0,
      });
      const sending = { sender: 's', channel: 'test', now: DUE, leaseUntil: toInstant(DUE + 1000) };
      const later = toInstant(DUE + 600_000);
      const seen = [(await read(calendar.owner, later))?.reminders];

      await stores.reminders.sending.beginSending([key('PT15M'), key('PT10M')], sending);
      seen.push((await read(calendar.owner, later))?.reminders);
      const outcomes = stores.reminders.sending.recordOutcomes.bind(stores.reminders.sending);
      await outcomes([{ key: key('PT15M'), kind: 'sent', at: DUE, late: false }], 's');
      seen.push((await read(calendar.owner, later))?.reminders);
      await outcomes([{ key: key('PT10M'), kind: 'failed', error: 'refused' }], 's');
      seen.push((await read(calendar.owner, later))?.reminders);

      expect(seen.slice(0, 2)).toEqual(['', '']);
      expect(new Set(seen).size).toBe(3);
      expect((await read(calendar.owner, toInstant(later + RECENT_MS)))?.reminders).toBe('');
      // What is sent is no change of the calendar.
      expect((await read(calendar.owner))?.calendars).toEqual([
        { id: calendar.id, revision: calendar.revision + 1 },
      ]);
    });
  });
}
