import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { POSTGRES_KINDS } from '../../../tests/_support/databases.ts';
import { recomputeZones } from '../src/event/keep-series.ts';
import type { EventId } from '../src/event/event.ts';
import { MAX_INSTANT, MIN_INSTANT } from '../src/time/instant.ts';
import { at } from './fixtures.ts';
import { purgeOldEvents } from '../src/reminder/purge-old-events.ts';
import { openPostgresStores } from './postgres-stores.ts';
import { openService, type Service } from './series-service.ts';

const BERLIN = 'Europe/Berlin';
const SPRING = ['2027-03-01T00:00:00Z', '2027-04-15T00:00:00Z'] as const;

/** As if computed with a database in which Berlin's clocks stayed an hour behind: all instants are an hour later. */
const MAKE_OLD = `
  WITH old AS (
    UPDATE calendar.events
    SET tzdb_version = '1999x', starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour'
    WHERE event_id = $1 AND NOT all_day
    RETURNING calendar_id, event_id
  ), told AS (
    UPDATE calendar.notifications n
    SET recurrence_id = n.recurrence_id + interval '1 hour', starts_at = n.starts_at + interval '1 hour',
        due_at = n.due_at + interval '1 hour', attend_at = n.attend_at + interval '1 hour'
    FROM old WHERE n.calendar_id = old.calendar_id AND n.event_id = old.event_id
  )
  UPDATE calendar.occurrences o
  SET recurrence_id = recurrence_id + interval '1 hour', starts_at = starts_at + interval '1 hour',
      ends_at = ends_at + interval '1 hour'
  FROM old WHERE o.calendar_id = old.calendar_id AND o.event_id = old.event_id`;

describe.each(POSTGRES_KINDS)('recomputing zones on %s', (server) => {
  let stores: Awaited<ReturnType<typeof openPostgresStores>>;
  let service: Service;

  beforeAll(async () => {
    stores = await openPostgresStores(server);
  });
  beforeEach(() => {
    service = openService(stores);
  });
  afterAll(() => stores[Symbol.asyncDispose]());

  async function makeOld(id: string): Promise<void> {
    await stores.db.query({ name: 'test.make_old', text: MAKE_OLD }, [id]);
  }

  /** `due before status` of each, by due time. */
  async function listReminders(id: string): Promise<readonly string[]> {
    const found = await stores.reminders.log.list({
      owner: service.user,
      eventId: id as EventId,
      from: MIN_INSTANT,
      to: MAX_INSTANT,
      status: undefined,
      after: undefined,
      limit: 100,
    });
    return found.map(({ dueAt, key, status }) => `${new Date(dueAt).toISOString()} ${key.before} ${status}`);
  }

  async function recompute() {
    return recomputeZones({ upkeep: stores.upkeep, now: () => service.clock.now });
  }

  it('should bring a single event and a series back to their wall clocks, with what was changed', async () => {
    const once = await service.create({ start: '2027-03-10T15:00:00', duration: 'PT1H', time_zone: BERLIN });
    const series = await service.create({
      start: '2027-03-01T09:00:00',
      duration: 'PT1H',
      time_zone: BERLIN,
      recurrence: { rrule: 'FREQ=WEEKLY', exdates: ['2027-03-08T09:00:00'] },
    });
    await service.updateOccurrence(series.id, '2027-03-15T08:00:00Z', 'this', {
      title: 'Moved',
      start: '2027-03-16T14:00:00',
      duration: 'PT2H',
    });
    const before = await service.list(...SPRING);
    const etags = [(await service.get(once.id)).etag, (await service.get(series.id)).etag];
    await makeOld(once.id);
    await makeOld(series.id);
    expect(await service.list(...SPRING)).not.toEqual(before);

    expect(await recompute()).toEqual({ recomputed: 2, conflicts: 0, next: undefined });

    expect(await service.list(...SPRING)).toEqual(before);
    const after = [(await service.get(once.id)).etag, (await service.get(series.id)).etag];
    expect(after[0]).not.toBe(etags[0]);
    expect(after[1]).not.toBe(etags[1]);
    expect(await recompute()).toEqual({ recomputed: 0, conflicts: 0, next: undefined });
  });

  it('should bring what is to be remembered of along, and remind anew of what gets another time', async () => {
    const { id } = await service.create({
      start: '2027-03-10T15:00:00',
      duration: 'PT1H',
      time_zone: BERLIN,
      notify_before: ['P1D', 'PT15M'],
    });
    await makeOld(id);
    // By the old rules it is 15:00 UTC, and the day before that somebody was reminded.
    service.clock.now = at('2027-03-09T15:30:00Z');
    await stores.db.query(
      {
        name: 'test.remind',
        text: `UPDATE calendar.notifications SET status = 'sent', attend_at = NULL
               WHERE event_id = $1 AND notify_before = 'P1D'`,
      },
      [id],
    );

    expect((await recompute()).recomputed).toBe(1);

    expect(await listReminders(id)).toEqual([
      '2027-03-09T15:00:00.000Z P1D sent',
      // Due an hour ago by the new rules: at once.
      '2027-03-09T15:30:00.000Z P1D pending',
      '2027-03-10T13:45:00.000Z PT15M pending',
      '2027-03-10T14:45:00.000Z PT15M cancelled',
    ]);
    expect((await recompute()).recomputed).toBe(0);
  });

  it('should leave reminders as they are where the instants are the same', async () => {
    const { id } = await service.create({
      start: '2027-03-10T15:00:00Z',
      duration: 'PT1H',
      notify_before: ['P1D'],
    });
    const before = await listReminders(id);
    await stores.db.query(
      {
        name: 'test.make_version_old',
        text: `UPDATE calendar.events SET tzdb_version = '1999x' WHERE event_id = $1`,
      },
      [id],
    );

    expect((await recompute()).recomputed).toBe(1);

    expect(await listReminders(id)).toEqual(before);
  });

  it('should change nothing but the version where the instants are the same', async () => {
    const event = await service.create({ start: '2027-03-10T15:00:00Z', duration: 'PT1H' });
    await stores.db.query(
      {
        name: 'test.make_version_old',
        text: `UPDATE calendar.events SET tzdb_version = '1999x' WHERE event_id = $1`,
      },
      [event.id],
    );

    expect((await recompute()).recomputed).toBe(1);

    expect(await service.get(event.id)).toEqual(event);
  });

  it('should keep what clashes then, and say so', async () => {
    const berlin = await service.create({
      start: '2027-03-10T15:00:00',
      duration: 'PT1H',
      time_zone: BERLIN,
    });
    await makeOld(berlin.id);
    const other = await service.create({ start: '2027-03-10T14:00:00Z', duration: 'PT1H' });

    expect((await recompute()).conflicts).toBe(1);

    expect(await service.get(berlin.id)).toMatchObject({
      start: '2027-03-10T15:00:00+01:00',
      conflicts: [{ event_id: other.id, start: '2027-03-10T14:00:00Z' }],
    });
    // Both are kept, both take their time, and renaming one is no reason to refuse it.
    expect(await service.list(...SPRING)).toHaveLength(2);
    expect((await service.update(berlin.id, { title: 'Renamed' })).conflicts).toHaveLength(1);
    const moved = { start: '2027-03-10T16:00:00Z', end: '2027-03-10T17:00:00Z' };
    await service.update(other.id, moved);
    expect((await service.get(berlin.id)).conflicts).toEqual([]);
  });

  it('should not make again what was forgotten of a series', async () => {
    const { id } = await service.create({
      start: '2024-01-01T09:00:00',
      duration: 'PT1H',
      time_zone: BERLIN,
      recurrence: { rrule: 'FREQ=WEEKLY' },
    });
    await purgeOldEvents({ purge: stores.purge, now: () => service.clock.now }, { months: 12, days: 0 });
    const past = ['2024-01-01T00:00:00Z', '2026-11-01T00:00:00Z'] as const;
    const before = await service.starts(...past);
    await makeOld(id);

    expect((await recompute()).recomputed).toBe(1);

    expect(before).toHaveLength(52);
    expect(await service.starts(...past)).toEqual(before);
  });

  it('should leave alone what is over', async () => {
    const past = await service.create({
      start: '2020-03-10T15:00:00',
      duration: 'PT1H',
      time_zone: BERLIN,
    });
    await makeOld(past.id);

    expect((await recompute()).recomputed).toBe(0);
  });
});
