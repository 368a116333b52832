import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Temporal } from 'temporal-polyfill';
import { isCalendarError } from '../src/errors.ts';
import type { EventInput } from '../src/event/event-input.ts';
import { MAX_INSTANT, MIN_INSTANT, toInstant } from '../src/time/instant.ts';
import { HOUR_MS, NOW } from './fixtures.ts';
import { openService, type Service } from './series-service.ts';
import type { OpenStores, Stores } from './stores.ts';

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York'] as const;
const BEFORE = [[], ['PT15M'], ['P1D'], ['PT24H', 'PT0S'], ['P2D', 'P1DT3H', 'PT30M']] as const;

const target = { event: fc.nat(4), occurrence: fc.nat(12) };
const commandArb = fc.oneof(
  fc.record({
    kind: fc.constant('create' as const),
    day: fc.integer({ min: 110, max: 150 }),
    hour: fc.nat(23),
    zone: fc.constantFrom(...ZONES),
    before: fc.constantFrom(...BEFORE),
    rule: fc.constantFrom(undefined, 'FREQ=DAILY;COUNT=12', 'FREQ=WEEKLY', 'FREQ=DAILY;INTERVAL=2;COUNT=5'),
  }),
  fc.record({ kind: fc.constant('move' as const), ...target, hours: fc.integer({ min: -30, max: 30 }) }),
  fc.record({ kind: fc.constant('shift' as const), ...target, hours: fc.integer({ min: -30, max: 30 }) }),
  fc.record({ kind: fc.constant('remind' as const), ...target, before: fc.constantFrom(...BEFORE) }),
  fc.record({ kind: fc.constant('remind-one' as const), ...target, before: fc.constantFrom(...BEFORE) }),
  fc.record({ kind: fc.constant('leave-out' as const), ...target }),
  fc.record({ kind: fc.constant('split' as const), ...target, before: fc.constantFrom(...BEFORE) }),
  fc.record({ kind: fc.constant('delete' as const), ...target }),
  fc.record({ kind: fc.constant('horizon' as const), days: fc.integer({ min: 1, max: 3 }) }),
);
type Command = typeof commandArb extends fc.Arbitrary<infer T> ? T : never;

/**
 * After any sequence of edits, what is to come is what the events say: worked out from the answers of the API
 * alone, with Temporal's own arithmetic. The clock stays before all that is due.
 */
export function describeReminderProperties(name: string, open: OpenStores, numRuns: number): void {
  describe(`reminders after any sequence of edits in ${name}`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores[Symbol.asyncDispose]());

    it('should be pending exactly for what the occurrences say', { timeout: 120_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(commandArb, { minLength: 3, maxLength: 14 }), async (commands) => {
          const service = openService(stores);
          const ids: string[] = [];
          for (const command of commands) {
            try {
              await run(stores, service, ids, command);
            } catch (error) {
              if (!isCalendarError(error)) throw error;
            }
          }
          expect(await pendingOf(stores, service)).toEqual(await naivePending(service, ids));
        }),
        { numRuns },
      );
    });
  });
}

async function run(stores: Stores, service: Service, ids: string[], command: Command): Promise<void> {
  if (command.kind === 'create') {
    const start = new Date(NOW - (NOW % 1000) + (command.day * 24 + command.hour) * HOUR_MS).toISOString();
    const input: EventInput = {
      start,
      duration: 'PT1H',
      time_zone: command.zone,
      busy: false,
      notify_before: [...command.before],
      ...(command.rule !== undefined && { recurrence: { rrule: command.rule } }),
    };
    ids.push((await service.create(input)).id);
    return;
  }
  if (command.kind === 'horizon') {
    service.clock.now = toInstant(service.clock.now + command.days * 24 * HOUR_MS);
    await service.moveHorizons();
    return;
  }
  const id = ids[command.event % Math.max(ids.length, 1)];
  if (id === undefined) return;
  if (command.kind === 'delete') {
    ids.splice(ids.indexOf(id), 1);
    return stores.events.delete(service.user, id as never, () => undefined);
  }
  const event = await service.get(id);
  const shifted = (time: string, hours: number): string =>
    new Date(Date.parse(time) + hours * HOUR_MS).toISOString();
  const occurrence = (await occurrencesOf(service, [id]))[command.occurrence];
  switch (command.kind) {
    case 'shift':
      await service.update(id, {
        start: shifted(event.start, command.hours),
        end: shifted(event.end, command.hours),
      });
      return;
    case 'remind':
      await service.update(id, { notify_before: [...command.before] });
      return;
    case 'move':
    case 'remind-one':
    case 'leave-out':
    case 'split':
      break;
    default:
      return command satisfies never;
  }
  if (!occurrence) return;
  const { recurrence_id } = occurrence;
  switch (command.kind) {
    case 'move':
      await service.updateOccurrence(id, recurrence_id, 'this', {
        start: shifted(occurrence.start, command.hours),
        end: shifted(occurrence.end, command.hours),
      });
      return;
    case 'remind-one':
      await service.updateOccurrence(id, recurrence_id, 'this', { notify_before: [...command.before] });
      return;
    case 'leave-out':
      await service.deleteOccurrence(id, recurrence_id, 'this');
      return;
    case 'split': {
      const patch = { notify_before: [...command.before] };
      const tail = await service.updateOccurrence(id, recurrence_id, 'following', patch);
      if (!ids.includes(tail.id)) ids.push(tail.id);
      return;
    }
    default:
      return command satisfies never;
  }
}

/** Until half a year after the first events: before the horizon, wherever it is. */
const UNTIL = NOW + 300 * 24 * HOUR_MS;

async function occurrencesOf(service: Service, ids: readonly string[]) {
  const period = [new Date(NOW - (NOW % 1000)).toISOString(), new Date(UNTIL - (UNTIL % 1000)).toISOString()];
  const listed = await service.list(period[0]!, period[1]!);
  return listed.filter(({ event_id }) => ids.includes(event_id));
}

async function naivePending(service: Service, ids: readonly string[]): Promise<readonly string[]> {
  const pending: string[] = [];
  for (const { event_id, recurrence_id, start, time_zone } of await occurrencesOf(service, ids)) {
    const { notify_before } = await service.getOccurrence(event_id, recurrence_id);
    const from = Temporal.Instant.from(start).toZonedDateTimeISO(time_zone);
    if (from.epochMilliseconds >= UNTIL - 7 * 24 * HOUR_MS) continue;
    for (const before of notify_before) {
      const due = new Date(from.subtract(before).epochMilliseconds).toISOString();
      pending.push(`${due} ${event_id} ${recurrence_id} ${before}`);
    }
  }
  return pending.toSorted();
}

async function pendingOf(stores: Stores, service: Service): Promise<readonly string[]> {
  const listed = await stores.reminders.log.list({
    owner: service.user,
    eventId: undefined,
    from: MIN_INSTANT,
    to: MAX_INSTANT,
    status: 'pending',
    after: undefined,
    limit: 10_000,
  });
  return listed
    .filter(({ start }) => start < UNTIL - 7 * 24 * HOUR_MS)
    .map(({ dueAt, key }) =>
      [
        new Date(dueAt).toISOString(),
        key.eventId,
        new Date(key.recurrenceId).toISOString().replace('.000', ''),
        key.before,
      ].join(' '),
    )
    .toSorted();
}
