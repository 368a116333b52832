import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Calendar } from '../src/calendar/calendar.ts';
import { ErrDateBusy, ErrEventExists, ErrEventNotFound } from '../src/errors.ts';
import type { AddResult } from '../src/event/event-store.ts';
import type { EventId, Schedule } from '../src/event/event.ts';
import {
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

const ACTIONS = ['add', 'update', 'delete', 'rename'] as const;
type Action = (typeof ACTIONS)[number];
const START = at('2026-11-02T00:00:00Z');

/** What every EventStore keeps when many write at once. */
export function describeConcurrentEventStore(name: string, open: OpenStores): void {
  describe(`EventStore under concurrency: ${name}`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores[Symbol.asyncDispose]());

    it('should let exactly one of 1,000 attempts have a slot', async () => {
      const calendar = await makeCalendar(stores.calendars);
      const attempts = Array.from({ length: 1_000 }, () =>
        stores.events.add({ ...plan(calendar), freshId: true }),
      );

      const outcomes = await Promise.allSettled(attempts);

      const added = outcomes.filter(({ status }) => status === 'fulfilled');
      const errors = outcomes.flatMap((outcome) =>
        outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
      );
      const listed = await stores.events.list(query(calendar));
      expect(added).toHaveLength(1);
      expect(listed).toHaveLength(1);
      expect(errors.filter((error) => error instanceof ErrDateBusy)).toHaveLength(999);
      expect(errors).toSatisfy((all: ErrDateBusy[]) =>
        all.every(({ conflicts }) => conflicts[0]?.eventId === listed[0]?.eventId),
      );
      expect(await revisionOf(calendar)).toBe(1);
    });

    it('should add an id once, over all calendars of the owner', async () => {
      const owner = newOwner();
      const calendars = [await makeCalendar(stores.calendars, owner)];
      for (let i = 0; i < 7; i++) calendars.push(await makeFurtherCalendar(stores.calendars, owner));

      for (let round = 0; round < 20; round++) {
        const id = newEventId();
        const schedule = hour(round);
        const results = await Promise.all(
          calendars.map((calendar) => stores.events.add(plan(calendar, { id, schedule }))),
        );

        expect(results.filter(({ kind }) => kind === 'added')).toHaveLength(1);
        expect(new Set(results.map(({ event }: AddResult) => event.calendarId)).size).toBe(1);
      }

      const revisions = await Promise.all(calendars.map(revisionOf));
      expect(revisions.reduce((sum, revision) => sum + revision, 0)).toBe(20);
      expect(await stores.events.list(query(calendars[0]!, { calendarId: undefined }))).toHaveLength(20);
    });

    it('should give a uid to one event of a calendar', async () => {
      const calendar = await makeCalendar(stores.calendars);

      const outcomes = await Promise.allSettled(
        Array.from({ length: 50 }, (_, i) =>
          stores.events.add(plan(calendar, { uid: 'one', schedule: hour(i) })),
        ),
      );

      const reasons = outcomes.flatMap((outcome) =>
        outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
      );
      expect(reasons).toHaveLength(49);
      expect(reasons.every((reason) => reason instanceof ErrEventExists && reason.field === 'uid')).toBe(
        true,
      );
    });

    it('should lose no update of many at once, and give each a revision of its own', async () => {
      const calendar = await makeCalendar(stores.calendars);
      const { event } = await stores.events.add(plan(calendar));

      const updated = await Promise.all(
        Array.from({ length: 100 }, () =>
          stores.events.update(calendar.owner, event.id, (current) =>
            changed(current, { sequence: current.sequence + 1 }),
          ),
        ),
      );

      expect((await stores.events.get(calendar.owner, event.id))?.sequence).toBe(100);
      expect(updated.map(({ revision }) => revision).toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: 100 }, (_, i) => i + 2),
      );
      expect(updated.every(({ revision, sequence }) => revision === sequence + 1)).toBe(true);
    });

    it('should let exactly one of many updates move into a slot', async () => {
      const calendar = await makeCalendar(stores.calendars);
      const ids: EventId[] = [];
      for (let i = 0; i < 20; i++)
        ids.push((await stores.events.add(plan(calendar, { schedule: hour(i) }))).event.id);

      const outcomes = await Promise.allSettled(
        ids.map((id) =>
          stores.events.update(calendar.owner, id, (current) => changed(current, { schedule: hour(100) })),
        ),
      );

      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await revisionOf(calendar)).toBe(21);
    });

    it('should delete an event once', async () => {
      const calendar = await makeCalendar(stores.calendars);
      const { event } = await stores.events.add(plan(calendar));

      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, () => stores.events.delete(calendar.owner, event.id, () => undefined)),
      );

      const reasons = outcomes.flatMap((outcome) =>
        outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
      );
      expect(reasons).toHaveLength(19);
      expect(reasons.every((reason) => reason instanceof ErrEventNotFound)).toBe(true);
      expect(await stores.listTombstones(calendar.id)).toHaveLength(1);
      expect(await revisionOf(calendar)).toBe(2);
    });

    it('should neither deadlock nor break a promise when many write to many calendars', async () => {
      const owner = newOwner();
      const calendars = [await makeCalendar(stores.calendars, owner)];
      for (let i = 0; i < 5; i++) calendars.push(await makeFurtherCalendar(stores.calendars, owner));
      const ids = Array.from({ length: 24 }, newEventId);
      const random = seeded(20_261_102);
      const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
      let writes = 0;

      // Adds race for the same few ids in all calendars while updates and deletions lock those very
      // calendars: only outcomes that the port names may come of it, and every success is one revision.
      await Promise.all(
        Array.from({ length: 24 }, async () => {
          for (let i = 0; i < 25; i++) {
            const calendar = pick(calendars);
            const id = pick(ids);
            const schedule = hour(Math.floor(random() * 30));
            const action = pick(ACTIONS);
            try {
              const isWritten = await write(action, calendar, id, schedule);
              if (isWritten) writes++;
            } catch (error) {
              if (!(error instanceof ErrDateBusy || error instanceof ErrEventNotFound)) throw error;
            }
          }
        }),
      );

      const revisions = await Promise.all(calendars.map(revisionOf));
      expect(revisions.reduce((sum, revision) => sum + revision, 0)).toBe(writes);
      for (const calendar of calendars) await expectNoOverlap(calendar);
    });

    /** @returns whether the calendar's revision rose. */
    async function write(
      action: Action,
      calendar: Calendar,
      id: EventId,
      schedule: Schedule,
    ): Promise<boolean> {
      const { owner } = calendar;
      switch (action) {
        case 'add':
          return (await stores.events.add(plan(calendar, { id, schedule }))).kind === 'added';
        case 'update':
          await stores.events.update(owner, id, (current) => changed(current, { schedule }));
          return true;
        case 'delete':
          await stores.events.delete(owner, id, () => undefined);
          return true;
        case 'rename':
          await stores.calendars.update(owner, calendar.id, (current) => ({ ...current, name: id }));
          return true;
        default:
          return action satisfies never;
      }
    }

    async function revisionOf(calendar: Calendar): Promise<number> {
      return (await stores.calendars.get(calendar.owner, calendar.id))!.revision;
    }

    async function expectNoOverlap(calendar: Calendar): Promise<void> {
      const listed = await stores.events.list(query(calendar));
      for (const [i, { schedule }] of listed.entries()) {
        const next = listed[i + 1]?.schedule;
        if (next) expect(schedule.end <= next.start).toBe(true);
      }
    }
  });
}

/** The hour that begins that many hours after START. */
function hour(index: number): ReturnType<typeof timed> {
  const start = START + index * HOUR_MS;
  return timed(new Date(start).toISOString(), new Date(start + HOUR_MS).toISOString());
}

/** Mulberry32: the same numbers on every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
