import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isCalendarError } from '../src/errors.ts';
import { toInstant } from '../src/time/instant.ts';
import { at } from './fixtures.ts';
import { isPlain, ModelCalendar, type ModelEvent, type ModelOccurrence } from './series-model.ts';
import { openService, type Service } from './series-service.ts';
import type { OpenStores, Stores } from './stores.ts';

/** Rows end within this period, and it holds clock changes of both kinds. */
const PERIOD = ['2028-08-01T00:00:00Z', '2029-06-01T00:00:00Z'] as const;
const FAR = ['2032-03-01T00:00:00Z', '2032-04-15T00:00:00Z'] as const;
const HOUR_MS = 3_600_000;
const MAX_EVENTS = 6;

const RULES = [
  'FREQ=DAILY',
  'FREQ=DAILY;COUNT=40',
  'FREQ=DAILY;INTERVAL=3',
  'FREQ=WEEKLY',
  'FREQ=WEEKLY;INTERVAL=2',
  'FREQ=WEEKLY;BYDAY=TU,FR;COUNT=30',
  'FREQ=MONTHLY;COUNT=7',
  'FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20290401T000000Z',
];

const create = fc.record({
  kind: fc.constant('create' as const),
  /** Before the first horizon, and after it. */
  month: fc.constantFrom(8, 8, 10, 12),
  day: fc.integer({ min: 0, max: 27 }),
  /** Few, so that events meet. */
  hour: fc.integer({ min: 0, max: 7 }),
  hours: fc.integer({ min: 1, max: 5 }),
  zone: fc.constantFrom('UTC', 'Europe/Berlin', 'Australia/Lord_Howe'),
  rule: fc.option(fc.constantFrom(...RULES), { nil: undefined }),
  busy: fc.constantFrom(true, true, true, false),
});
/** Which event, and which of the occurrences that are seen in the period. */
const target = { event: fc.nat(MAX_EVENTS), occurrence: fc.nat(60) };
const edit = fc.oneof(
  fc.record({
    kind: fc.constant('move' as const),
    ...target,
    days: fc.integer({ min: -2, max: 2 }),
    hours: fc.integer({ min: -5, max: 5 }),
  }),
  fc.record({ kind: fc.constant('rename' as const), ...target, title: fc.constantFrom('A', 'B') }),
  fc.record({ kind: fc.constant('clear' as const), ...target }),
  fc.record({ kind: fc.constant('leave-out' as const), ...target }),
  fc.record({ kind: fc.constant('end' as const), ...target }),
  fc.record({ kind: fc.constant('split' as const), ...target, title: fc.constantFrom('C', 'D') }),
  fc.record({
    kind: fc.constant('shift' as const),
    ...target,
    hours: fc.integer({ min: -30, max: 30 }),
  }),
);
const horizon = fc.record({
  kind: fc.constant('horizon' as const),
  days: fc.integer({ min: 30, max: 120 }),
});
const commandArb = fc.oneof(
  { arbitrary: create, weight: 4 },
  { arbitrary: edit, weight: 8 },
  { arbitrary: horizon, weight: 1 },
);
type Command = typeof commandArb extends fc.Arbitrary<infer T> ? T : never;
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

/**
 * Any sequence of edits ends as in the naive model: what is accepted, what is refused, and what is seen then,
 * in rows and beyond them, wherever the horizon is.
 */
export function describeSeriesProperties(name: string, open: OpenStores, numRuns: number): void {
  describe(`series for any sequence of edits: ${name}`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores[Symbol.asyncDispose]());

    it('should show what the model shows', { timeout: 240_000 }, async () => {
      const commandsArb = fc.array(commandArb, { minLength: 3, maxLength: 25, size: 'max' });
      await fc.assert(
        fc.asyncProperty(commandsArb, async (commands) => {
          const service = openService(stores);
          const model = new ModelCalendar();
          for (const command of commands) await run(service, model, command);
          await expectSame(service, model);
        }),
        { numRuns },
      );
    });
  });
}

async function run(service: Service, model: ModelCalendar, command: Command): Promise<void> {
  if (command.kind === 'create') return runCreate(service, model, command);
  if (command.kind === 'horizon') {
    service.clock.now = toInstant(service.clock.now + command.days * 24 * HOUR_MS);
    await service.moveHorizons();
    return expectSame(service, model);
  }
  const event = model.pick(command.event);
  const occurrence = event && model.occurrenceOf(event, command.occurrence, PERIOD);
  if (event && occurrence) await runEdit(service, model, event, occurrence, command);
}

async function runCreate(
  service: Service,
  model: ModelCalendar,
  { month, day, hour, hours, zone, rule, busy }: Extract<Command, { kind: 'create' }>,
): Promise<void> {
  const start = Date.UTC(2028, month, 1 + day, hour);
  if (model.events.length >= MAX_EVENTS || !isPlain(start, zone)) return;
  const input = {
    title: 'S',
    start: new Date(start).toISOString(),
    duration: `PT${hours}H`,
    time_zone: zone,
    busy,
    ...(rule !== undefined && { recurrence: { rrule: rule } }),
  };
  await attempt(
    service,
    model,
    () => service.create(input),
    (created) => model.create(created?.id ?? 'refused', input),
  );
}

async function runEdit(
  service: Service,
  model: ModelCalendar,
  event: ModelEvent,
  occurrence: ModelOccurrence,
  command: Edit,
): Promise<void> {
  const { id } = event;
  const name = new Date(occurrence.original).toISOString();
  switch (command.kind) {
    case 'move': {
      const shiftMs = (command.days * 24 + command.hours) * HOUR_MS;
      const [start, end] = [occurrence.start + shiftMs, occurrence.end + shiftMs];
      if (event.rule === undefined && !isPlain(start, event.zone)) return;
      const patch = { start: new Date(start).toISOString(), end: new Date(end).toISOString() };
      return attempt(
        service,
        model,
        () => service.updateOccurrence(id, name, 'this', patch),
        () => model.override(event, occurrence, { start, end }),
      );
    }
    case 'rename':
      return attempt(
        service,
        model,
        () => service.updateOccurrence(id, name, 'this', { title: command.title }),
        () => model.override(event, occurrence, { title: command.title }),
      );
    case 'clear': {
      if (event.rule === undefined) return;
      const patch = { title: null, start: null, end: null };
      return attempt(
        service,
        model,
        () => service.updateOccurrence(id, name, 'this', patch),
        () => model.clear(event, occurrence),
      );
    }
    case 'leave-out':
      return attempt(
        service,
        model,
        () => service.deleteOccurrence(id, name, 'this'),
        () => model.leaveOut(event, occurrence),
      );
    case 'end':
      return attempt(
        service,
        model,
        () => service.deleteOccurrence(id, name, 'following'),
        () => model.end(event, occurrence),
      );
    case 'split':
      return attempt(
        service,
        model,
        () => service.updateOccurrence(id, name, 'following', { title: command.title }),
        (tail) => model.split(event, occurrence, tail?.id ?? 'refused', command.title),
      );
    case 'shift': {
      // Rules that name weekdays or days of the month do not move with DTSTART.
      if (/BYDAY|MONTHLY/.test(event.rule ?? '')) return;
      const { start, end } = await service.get(id);
      const moved = at(start) + command.hours * HOUR_MS;
      if (!isPlain(moved, event.zone)) return;
      const patch = {
        start: new Date(moved).toISOString(),
        end: new Date(at(end) + command.hours * HOUR_MS).toISOString(),
      };
      return attempt(
        service,
        model,
        () => service.update(id, patch),
        () => model.shift(event, moved),
      );
    }
    default:
      return command satisfies never;
  }
}

/** The service accepts where the model finds no new clash, and refuses where it finds one. */
async function attempt<T>(
  service: Service,
  model: ModelCalendar,
  act: () => Promise<T>,
  imagine: (result: T | undefined) => void,
): Promise<void> {
  const before = model.events;
  const known = model.clashes(service.clock.now).possible;
  try {
    imagine(await act());
    const { certain } = model.clashes(service.clock.now);
    expect([...certain].filter((clash) => !known.has(clash))).toEqual([]);
  } catch (error) {
    if (!isCalendarError(error) || error.code !== 'date_busy') throw error;
    imagine(undefined);
    const { possible } = model.clashes(service.clock.now);
    expect(
      [...possible].filter((clash) => !known.has(clash)),
      'nothing is in the way',
    ).not.toEqual([]);
    model.events = before;
  }
}

async function expectSame(service: Service, model: ModelCalendar): Promise<void> {
  for (const period of [PERIOD, FAR] as const) {
    const listed = (await service.list(period[0], period[1], 100)).map(
      ({ event_id, recurrence_id, start, end, title }) =>
        [event_id, at(recurrence_id), at(start), at(end), title].join(' '),
    );
    expect(listed).toEqual(model.list(period));
  }
}
