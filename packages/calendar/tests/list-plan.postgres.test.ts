import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, POSTGRES_KINDS, type TestDatabase } from '../../../tests/_support/databases.ts';
import { listBusy } from '../src/adapters/postgres/sql/list-busy.ts';
import { listOccurrences } from '../src/adapters/postgres/sql/list-occurrences.ts';

const SMALL = '00000000-0000-4000-8000-000000000001';
const LARGE = '00000000-0000-4000-8000-000000000002';
const NIL_UUID = '00000000-0000-0000-0000-000000000000';

const FILL_CALENDARS = `
  INSERT INTO calendar.calendars
  SELECT id::uuid, 'owner', id, 'UTC', false, 0, '{11,25}'::smallint[], now(), now() FROM unnest($1::text[]) id
  UNION ALL
  SELECT gen_random_uuid(), 'owner ' || i, 'Calendar', 'UTC', true, 0, '{}'::smallint[], now(), now() FROM generate_series(1, 2000) i`;
/** An event an hour, and among 500 a free one of a year. */
const FILL_EVENTS = `
  WITH hour AS (
    SELECT id::uuid AS calendar_id, gen_random_uuid() AS event_id, i % 500 = 7 AS long,
           timestamptz '2026-01-01T00:00:00Z' + i * interval '1 hour' AS starts_at
    FROM unnest($1::text[], $2::int[]) AS c (id, size), generate_series(0, size - 1) i
  ), event AS (
    INSERT INTO calendar.events (calendar_id, event_id, owner, uid, sequence, title, description, location, all_day,
      busy, time_zone, starts_local, ends_local, starts_at, ends_at, tzdb_version, notify_before, revision,
      created_at, updated_at)
    SELECT calendar_id, event_id, 'owner', event_id, 0, 'Event', '', '', false,
      NOT long, 'UTC', starts_at, starts_at, starts_at, starts_at, '2026c', '{}', 0, now(), now()
    FROM hour
  )
  INSERT INTO calendar.occurrences (calendar_id, event_id, recurrence_id, starts_at, ends_at, span_class, busy)
  SELECT calendar_id, event_id, starts_at, starts_at,
         starts_at + CASE WHEN long THEN interval '365 days' ELSE interval '30 minutes' END,
         CASE WHEN long THEN 25 ELSE 11 END, NOT long
  FROM hour`;

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

describe.each(POSTGRES_KINDS)('the plan of a listing on %s', (server) => {
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await createTestDatabase({ server });
    client = new Client({ connectionString: database.dsn, options: '-c plan_cache_mode=force_generic_plan' });
    await client.connect();
    // Foreign keys need no check here, and it takes most of the time.
    await client.query('SET session_replication_role = replica');
    await client.query(FILL_CALENDARS, [[SMALL, LARGE]]);
    await client.query(FILL_EVENTS, [
      [SMALL, LARGE],
      [1_000, 20_000],
    ]);
    await client.query('VACUUM ANALYZE calendar.calendars, calendar.events, calendar.occurrences');
  });

  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it('should read the index of listings, and nothing from end to end', async () => {
    const plan = await explain(listOccurrences.one.text, [...week(LARGE, '2027-06-01'), 10]);

    const nodes = flatten(plan);
    expect(nodes.map((node) => node['Index Name'])).toContain('occurrences_period');
    expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
    expect(nodes.reduce((sum, node) => sum + (node['Rows Removed by Filter'] ?? 0), 0)).toBeLessThanOrEqual(
      12,
    );
  });

  it('should cost the same in a calendar of 20,000 events as in one of 1,000', async () => {
    const small = await explain(listOccurrences.one.text, [...week(SMALL, '2026-01-25'), 10]);
    const large = await explain(listOccurrences.one.text, [...week(LARGE, '2027-06-01'), 10]);

    // The trees are a level or two higher, and more of the long events reach into the week.
    expect(blocks(large)).toBeLessThanOrEqual(blocks(small) * 1.5 + 10);
    expect(blocks(large)).toBeLessThan(150);
  });

  it('should cost the same on every page of a long period', async () => {
    const period = ['2026-01-01T00:00:00Z', '2040-01-01T00:00:00Z'];
    const first = await explain(listOccurrences.one.text, [
      'owner',
      LARGE,
      ...period,
      '-infinity',
      NIL_UUID,
      '-infinity',
      10,
    ]);
    const position = ['2028-02-01T00:00:00Z', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '2028-02-01T00:00:00Z'];
    const late = await explain(listOccurrences.one.text, ['owner', LARGE, ...period, ...position, 10]);

    expect(blocks(late)).toBeLessThanOrEqual(blocks(first) * 1.5 + 10);
  });

  it('should read the same index for what is busy', async () => {
    const nodes = flatten(await explain(listBusy.one.text, week(LARGE, '2027-06-01')));

    expect(nodes.map((node) => node['Index Name'])).toContain('occurrences_period');
    expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
  });

  async function explain(text: string, values: readonly unknown[]): Promise<PlanNode> {
    const { rows } = await client.query<{ 'QUERY PLAN': readonly [{ readonly Plan: PlanNode }] }>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON, TIMING OFF) ${text}`,
      [...values],
    );
    return rows[0]!['QUERY PLAN'][0].Plan;
  }
});

function week(calendar: string, from: string): readonly unknown[] {
  const to = new Date(Date.parse(from) + 7 * 86_400_000).toISOString();
  return ['owner', calendar, `${from}T00:00:00Z`, to, '-infinity', NIL_UUID, '-infinity'];
}

function flatten(node: PlanNode): readonly PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}

function blocks(plan: PlanNode): number {
  return plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
}
