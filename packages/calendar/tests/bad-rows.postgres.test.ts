import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { POSTGRES_KINDS } from '../../../tests/_support/databases.ts';
import { purgeOldEvents } from '../src/reminder/purge-old-events.ts';
import { at } from './fixtures.ts';
import { openPostgresStores } from './postgres-stores.ts';
import { MEETING, openSendingTrial, type SendingTrial } from './sending-trial.ts';

const YEAR = { months: 12, days: 0 };

/** What no API writes, and what others hold in hand: it is in the way of nobody. */
describe.each(POSTGRES_KINDS)('rows that are in the way on %s', (server) => {
  let stores: Awaited<ReturnType<typeof openPostgresStores>>;
  let trial: SendingTrial;
  beforeEach(async () => {
    stores = await openPostgresStores(server);
    trial = openSendingTrial(stores);
  });
  afterEach(() => stores[Symbol.asyncDispose]());

  const run = (text: string, id: string) => stores.db.query({ name: `test.${text.length}`, text }, [id]);

  it.each([
    ['whose occurrence is gone', 'DELETE FROM calendar.occurrences WHERE event_id = $1', 'not there'],
    [
      'whose time zone nobody knows',
      `UPDATE calendar.events SET time_zone = 'Nowhere/Nothing' WHERE event_id = $1`,
      'Nowhere/Nothing',
    ],
  ])(
    'should be a reminder %s: set aside with its error, counted, and the others are sent',
    async (_, spoil, error) => {
      const bad = await trial.service.create({ ...MEETING, busy: false });
      await trial.service.create({ ...MEETING, busy: false });
      await run(spoil, bad.id);

      expect(await trial.schedule()).toMatchObject({ claimed: 2, published: 1, failed: 1 });

      expect(await readErrors()).toEqual([
        { status: 'failed', error: expect.stringContaining(error) },
        { status: 'published', error: null },
      ]);
      expect(await trial.schedule()).toMatchObject({ claimed: 0 });
    },
  );

  it('should be a calendar that somebody writes to: purging neither waits for it nor forgets it', async () => {
    const { calendar_id } = await trial.service.create(MEETING);
    const context = { purge: stores.purge, now: () => at('2029-01-01T00:00:00Z') };
    const { promise: isHeld, resolve: hold } = Promise.withResolvers<void>();
    const { promise: mayEnd, resolve: letEnd } = Promise.withResolvers<void>();
    const writing = stores.db.transaction(async (queries) => {
      const text = 'SELECT 1 AS one FROM calendar.calendars WHERE calendar_id = $1 FOR UPDATE';
      await queries.query({ name: 'test.hold', text }, [calendar_id]);
      hold();
      await mayEnd;
    });
    await isHeld;

    // Waiting would end in the time-out for locks.
    expect(await purgeOldEvents(context, YEAR)).toMatchObject({ events: 0 });
    letEnd();
    await writing;
    expect(await purgeOldEvents(context, YEAR)).toMatchObject({ events: 1 });
  });

  function readErrors() {
    const text = 'SELECT status, error FROM calendar.notifications ORDER BY status';
    return stores.db.query<{ readonly status: string; readonly error: string | null }>(
      { name: 'test.errors', text },
      [],
    );
  }
});
