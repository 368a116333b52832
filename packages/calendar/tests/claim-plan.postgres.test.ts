import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, POSTGRES_KINDS, type TestDatabase } from '../../../tests/_support/databases.ts';
import { claimDueReminders, nextReminder } from '../src/adapters/postgres/sql/claim-due-reminders.ts';

/** Of each kind 20,000: long settled, and far ahead; and 100 that are due. */
const FILL = `
  INSERT INTO calendar.notifications (
    calendar_id, event_id, recurrence_id, notify_before, version, starts_at, due_at, attend_at, status)
  SELECT gen_random_uuid(), gen_random_uuid(), due_at, 'PT0S', 0, due_at, due_at,
         CASE WHEN status = 'pending' THEN due_at END, status
  FROM (
    SELECT timestamptz '2026-01-01T00:00:00Z' + i * interval '1 minute' AS due_at, 'sent' AS status
    FROM generate_series(1, 20000) i
    UNION ALL
    SELECT timestamptz '2027-06-01T00:00:00Z' - i * interval '1 second', 'pending' FROM generate_series(0, 99) i
    UNION ALL
    SELECT timestamptz '2027-06-01T00:00:01Z' + i * interval '1 minute', 'pending' FROM generate_series(1, 20000) i
  ) reminder`;

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

describe.each(POSTGRES_KINDS)('the plan of a claim on %s', (server) => {
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await createTestDatabase({ server });
    client = new Client({ connectionString: database.dsn, options: '-c plan_cache_mode=force_generic_plan' });
    await client.connect();
    await client.query(FILL);
    await client.query('VACUUM ANALYZE calendar.notifications');
  });

  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it('should reach what is due through the index of what is pending, and read nothing that is ahead', async () => {
    const now = '2027-06-01T00:00:00Z';
    const nodes = await explain(claimDueReminders.text, [now, 1_000, '2027-06-01T00:00:30Z', randomUUID()]);
    const scan = nodes.find((node) => node['Index Name'] === 'notifications_attend');

    expect(scan).toMatchObject({ 'Actual Rows': 100 });
    expect(scan?.['Rows Removed by Filter'] ?? 0).toBe(0);
    expect(seqScansOf(nodes)).toEqual([]);
  });

  it('should find the next one without reading the others', async () => {
    const nodes = await explain(nextReminder.text, []);

    expect(seqScansOf(nodes)).toEqual([]);
    expect(Math.max(...nodes.map((node) => node['Actual Rows']))).toBe(1);
  });

  /** The statement is taken back: each test finds what was filled in. */
  async function explain(text: string, values: readonly unknown[]): Promise<readonly PlanNode[]> {
    await client.query('BEGIN');
    const { rows } = await client.query<{ 'QUERY PLAN': readonly [{ readonly Plan: PlanNode }] }>(
      `EXPLAIN (ANALYZE, FORMAT JSON, TIMING OFF) ${text}`,
      [...values],
    );
    await client.query('ROLLBACK');
    return flatten(rows[0]!['QUERY PLAN'][0].Plan);
  }
});

function seqScansOf(nodes: readonly PlanNode[]): readonly PlanNode[] {
  return nodes.filter(
    (node) => node['Node Type'] === 'Seq Scan' && node['Relation Name'] === 'notifications',
  );
}

function flatten(node: PlanNode): readonly PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}
