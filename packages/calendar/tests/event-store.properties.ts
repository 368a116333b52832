import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryStores } from '../src/adapters/memory/index.ts';
import type { Calendar } from '../src/calendar/calendar.ts';
import { isCalendarError } from '../src/errors.ts';
import type { OccurrencePosition } from '../src/event/event-store.ts';
import type { EventId, Schedule } from '../src/event/event.ts';
import type { Occurrence } from '../src/occurrence/occurrence.ts';
import { toInstant, type Instant } from '../src/time/instant.ts';
import { addDays, parsePlainDate } from '../src/time/plain-date.ts';
import type { TimeZoneId } from '../src/time/time-zone.ts';
import { at, calendarDraft, changed, HOUR_MS, newEventId, newOwner, plan, query } from './fixtures.ts';
import type { OpenStores, Stores } from './stores.ts';

const START = at('2026-10-20T00:00:00Z');
const ZONES = ['UTC', 'Europe/Berlin', 'Asia/Tokyo', 'America/Los_Angeles'] as TimeZoneId[];
/** The operations of one run draw from few ids, uids and times, so that they meet each other. */
const EVENT_COUNT = 6;

const timedArb: fc.Arbitrary<Schedule> = fc
  .tuple(
    fc.integer({ min: 0, max: 400 }),
    fc.oneof(fc.constantFrom(1, 2, 3), fc.integer({ min: 1, max: 2_000 })),
  )
  .map(([offset, length]) => ({
    kind: 'timed',
    start: toInstant(START + offset * HOUR_MS),
    end: toInstant(START + (offset + length) * HOUR_MS),
  }));
const allDayArb: fc.Arbitrary<Schedule> = fc
  .tuple(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 40 }))
  .map(([offset, days]) => {
    const start = addDays(parsePlainDate('2026-10-20'), offset);
    return { kind: 'all-day', start, end: addDays(start, days) };
  });
const contentArb = fc.record({
  schedule: fc.oneof({ arbitrary: timedArb, weight: 4 }, allDayArb),
  timeZone: fc.constantFrom(...ZONES),
  busy: fc.boolean(),
  uid: fc.nat(EVENT_COUNT - 1).map((n) => `uid-${n}`),
  title: fc.constantFrom('a', 'b'),
});
const target = { event: fc.nat(EVENT_COUNT - 1), calendar: fc.nat(1) };
const operationArb = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      ...target,
      content: contentArb,
      freshId: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('update' as const), ...target, content: contentArb }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('keep' as const), ...target }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), ...target }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('list' as const),
      calendar: fc.option(fc.nat(1), { nil: undefined }),
      from: fc.integer({ min: -50, max: 500 }),
      hours: fc.integer({ min: 1, max: 3_000 }),
      pageSize: fc.integer({ min: 1, max: 5 }),
    }),
  },
);
type Operation = typeof operationArb extends fc.Arbitrary<infer T> ? T : never;

/** What holds for an EventStore whatever is done to it: it does as the store in memory does. */
export function describeEventStoreProperties(name: string, open: OpenStores, numRuns: number): void {
  describe(`EventStore for any sequence of operations: ${name}`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores[Symbol.asyncDispose]());

    it(
      'should do as the model does, and never let busy occurrences overlap',
      { timeout: 120_000 },
      async () => {
        await fc.assert(
          fc.asyncProperty(
            fc.array(operationArb, { minLength: 5, maxLength: 40, size: 'max' }),
            async (operations) => {
              const model = createMemoryStores();
              const calendars = await makeCalendars(stores, model);
              const ids = Array.from({ length: EVENT_COUNT }, newEventId).toSorted();

              for (const operation of operations) {
                const expected = await outcomeOf(() => apply(model, calendars, ids, operation));
                const actual = await outcomeOf(() => apply(stores, calendars, ids, operation));
                expect(actual).toEqual(expected);
              }

              for (const calendar of calendars) {
                const { owner, id } = calendar;
                expect(await stores.calendars.get(owner, id)).toEqual(await model.calendars.get(owner, id));
                expect(await stores.listTombstones(id)).toEqual(model.listTombstones(id));
                await expectNoOverlap(stores, calendar);
              }
            },
          ),
          { numRuns },
        );
      },
    );
  });
}

type Ports = Pick<Stores, 'events' | 'calendars'>;

async function makeCalendars(...all: readonly Ports[]): Promise<readonly Calendar[]> {
  const owner = newOwner();
  const drafts = [calendarDraft(owner), calendarDraft(owner)] as const;
  let made: Calendar[] = [];
  for (const { calendars } of all) {
    made = [await calendars.ensureDefault(drafts[0])];
    const further = await calendars.add(drafts[1]);
    if (further.kind === 'added') made.push(further.calendar);
  }
  return made;
}

async function apply(
  { events }: Ports,
  calendars: readonly Calendar[],
  ids: readonly EventId[],
  operation: Operation,
): Promise<unknown> {
  const { owner } = calendars[0]!;
  switch (operation.kind) {
    case 'add': {
      const planned = plan(calendars[operation.calendar]!, {
        id: ids[operation.event]!,
        ...operation.content,
      });
      return events.add({ ...planned, freshId: operation.freshId });
    }
    case 'update':
      return events.update(owner, ids[operation.event]!, (current) => changed(current, operation.content));
    case 'keep':
      return events.update(owner, ids[operation.event]!, () => undefined);
    case 'delete':
      return events.delete(owner, ids[operation.event]!, () => undefined);
    case 'list': {
      const from = toInstant(START + operation.from * HOUR_MS);
      const to = toInstant(from + operation.hours * HOUR_MS);
      const period = {
        calendarId: operation.calendar === undefined ? undefined : calendars[operation.calendar]!.id,
        from,
        to,
      };
      const whole = await events.list(query(calendars[0]!, period));
      expect(
        await listInPages(events, query(calendars[0]!, { ...period, limit: operation.pageSize })),
      ).toEqual(whole);
      return { whole, busy: await events.listBusy(query(calendars[0]!, period)) };
    }
    default:
      return operation satisfies never;
  }
}

async function listInPages(
  events: Ports['events'],
  first: ReturnType<typeof query>,
): Promise<readonly Occurrence[]> {
  const all: Occurrence[] = [];
  let after: OccurrencePosition | undefined;
  for (;;) {
    const page = await events.list({ ...first, after });
    all.push(...page);
    const last = page.at(-1);
    if (!last || page.length < first.limit) return all;
    after = { start: last.startsAt, eventId: last.eventId, recurrenceId: last.recurrenceId };
  }
}

/** The answer, or the error in the words that callers see. Other errors end the test. */
async function outcomeOf(run: () => Promise<unknown>): Promise<unknown> {
  try {
    return { answer: await run() };
  } catch (error) {
    if (!isCalendarError(error)) throw error;
    return {
      code: error.code,
      message: error.message,
      conflicts: 'conflicts' in error ? error.conflicts : [],
    };
  }
}

async function expectNoOverlap({ events }: Ports, calendar: Calendar): Promise<void> {
  const listed = await events.list(query(calendar));
  let busyUntil = -Infinity;
  for (const occurrence of listed.filter(({ busy }) => busy)) {
    expect(occurrence.startsAt >= busyUntil).toBe(true);
    const { occurrences } = plan(calendar, occurrence);
    busyUntil = occurrences[0]!.end satisfies Instant;
  }
}
