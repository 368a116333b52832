import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, POSTGRES_KINDS, type TestDatabase } from '../../../tests/_support/databases.ts';
import { toSearchQuery } from '../src/adapters/postgres/search-keys.ts';
import { searchEvents } from '../src/adapters/postgres/sql/search-events.ts';
import type { CalendarId } from '../src/calendar/calendar.ts';

const OURS = '00000000-0000-4000-8000-000000000001' as CalendarId;
const NIL_UUID = '00000000-0000-0000-0000-000000000000';

/** Ours has 50 events, 20,000 of others have the same word; every tenth occurrence has it in texts of its own. */
const FILL = `
  WITH calendar AS (
    INSERT INTO calendar.calendars
    SELECT CASE i WHEN 0 THEN $1::uuid ELSE gen_random_uuid() END, 'owner ' || i, 'Calendar', 'UTC', true, 0,
      '{11}'::smallint[], now(), now()
    FROM generate_series(0, 400) i
    RETURNING calendar_id, owner
  ), event AS (
    INSERT INTO calendar.events (calendar_id, event_id, owner, uid, sequence, title, description, location, all_day,
      busy, time_zone, starts_local, ends_local, starts_at, ends_at, tzdb_version, notify_before, revision,
      created_at, updated_at, words)
    SELECT calendar_id, gen_random_uuid(), owner, i, 0, 'Meeting ' || i, '', '', false, false, 'UTC',
      now(), now(), now(), now(), '2026c', '{}', 0, now(), now(),
      array_to_tsvector(ARRAY[right(calendar_id::text, 12) || ':meeting', right(calendar_id::text, 12) || ':' || i])
    FROM calendar, generate_series(1, 50) i
    RETURNING calendar_id, event_id, uid
  )
  INSERT INTO calendar.occurrences (calendar_id, event_id, recurrence_id, starts_at, ends_at, span_class, busy, words)
  SELECT calendar_id, event_id, now(), now(), now() + interval '30 minutes', 11, false,
    CASE WHEN uid::int % 10 = 0 THEN array_to_tsvector(ARRAY[right(calendar_id::text, 12) || ':meeting']) END
  FROM event`;

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

describe.each(POSTGRES_KINDS)('the plan of a search on %s', (server) => {
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await createTestDatabase({ server });
    client = new Client({ connectionString: database.dsn, options: '-c plan_cache_mode=force_generic_plan' });
    await client.connect();
    await client.query('SET session_replication_role = replica');
    await client.query(FILL, [OURS]);
    await client.query('VACUUM ANALYZE calendar.events, calendar.occurrences');
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it('should read the entries of its own calendar alone, however many others have the word', async () => {
    const parameters = ['owner 0', [OURS], toSearchQuery([OURS], ['meet']), new Date(), -1, NIL_UUID, 100];
    const { rows } = await client.query<{ 'QUERY PLAN': readonly [{ Plan: PlanNode }] }>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON, TIMING OFF) ${searchEvents.text}`,
      parameters,
    );
    const plan = rows[0]?.['QUERY PLAN'][0].Plan;
    const nodes = flatten(plan);
    const used = nodes.map((node) => node['Index Name']).filter((name) => name !== undefined);
    expect(used).toEqual(expect.arrayContaining(['events_words', 'occurrences_words']));
    expect(nodes.map((node) => node['Node Type'])).not.toContain('Seq Scan');
    // Each event with its one occurrence, looked for from both ends.
    const blocks = (plan?.['Shared Hit Blocks'] ?? 0) + (plan?.['Shared Read Blocks'] ?? 0);
    expect(blocks).toBeLessThan(50 * 10);
    expect((await client.query(searchEvents.text, parameters)).rows).toHaveLength(50);
  });
});

function flatten(node: PlanNode | undefined): readonly PlanNode[] {
  return node ? [node, ...(node.Plans ?? []).flatMap(flatten)] : [];
}
