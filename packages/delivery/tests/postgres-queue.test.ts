import { openPostgres, type Postgres, type SqlStatement } from '@daywatch/service-kit/postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createTestDatabase, type TestDatabase } from '../../../tests/_support/databases.ts';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { createPostgresQueue } from '../src/adapters/postgres/index.ts';
import { DONE, messagesOf } from './_support/messages.ts';

/** What only the table in PostgreSQL has: leases, rights, an index. */
describe('the queue in PostgreSQL', () => {
  let database: TestDatabase;
  let db: Postgres;
  beforeAll(async () => {
    database = await createTestDatabase();
    db = openPostgres({ dsn: database.dsn, applicationName: 'delivery test' });
  });
  beforeEach(async () => {
    const text = 'TRUNCATE delivery.messages, delivery.dead_letters';
    await db.query({ name: 'test.truncate', text }, []);
  });
  afterAll(async () => {
    await db.close();
    await database.drop();
  });

  it('should keep the lease of a message as long as it is handled', async () => {
    await using queue = createPostgresQueue({ db, leaseMs: 300 });
    await queue.publish(messagesOf(1));
    const { promise: mayEnd, resolve: letEnd } = Promise.withResolvers<void>();
    const deliveries: number[] = [];
    const handle = async (message: { readonly deliveries: number }) => {
      deliveries.push(message.deliveries);
      await mayEnd;
      return DONE;
    };
    queue.consume(handle, { prefetch: 1 });
    queue.consume(handle, { prefetch: 1 });
    const leaseEnd = async (): Promise<number> => {
      const text = 'SELECT available_at FROM delivery.messages';
      const rows = await db.query<{ readonly available_at: number }>({ name: 'test.lease', text }, []);
      return rows[0]?.available_at ?? 0;
    };
    await waitFor('it in hand', () => deliveries.length === 1);
    const first = await leaseEnd();

    await waitFor('three extensions', async () => (await leaseEnd()) > first + 300);
    letEnd();

    await waitFor('an empty queue', async () => (await db.query(countAll, []))[0]?.count === 0);
    expect(deliveries).toEqual([1]);
  });

  it('should not let one who has lost the lease end the message', async () => {
    await using queue = createPostgresQueue({ db, leaseMs: 60_000 });
    await queue.publish(messagesOf(1));
    const { promise: mayEnd, resolve: letEnd } = Promise.withResolvers<void>();
    let isInHand = false;
    const subscription = queue.consume(
      async () => {
        isInHand = true;
        await mayEnd;
        return DONE;
      },
      { prefetch: 1 },
    );
    await waitFor('it in hand', () => isInHand);

    // Somebody else was given it meanwhile.
    await db.query(
      { name: 'test.steal', text: 'UPDATE delivery.messages SET deliveries = deliveries + 1' },
      [],
    );
    letEnd();
    await subscription.close();

    expect(await db.query(countAll, [])).toEqual([{ count: 1 }]);
  });

  it('should take from the index alone, however many messages are in hand', async () => {
    const fill = `INSERT INTO delivery.messages (queue, message_id, body, available_at)
      SELECT 'q', 'm' || i, '', now() + interval '1 hour' FROM generate_series(1, 20000) AS i`;
    await db.query({ name: 'test.fill', text: fill }, []);
    await db.query({ name: 'test.analyze', text: 'ANALYZE delivery.messages' }, []);
    const text = `EXPLAIN SELECT seq FROM delivery.messages
      WHERE queue = 'q' AND available_at <= now() ORDER BY available_at, seq LIMIT 100 FOR UPDATE SKIP LOCKED`;

    const rows = await db.query<{ readonly 'QUERY PLAN': string }>({ name: 'test.plan', text }, []);

    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/Index Scan using messages_available/);
  });

  it('should let the role of the calendar do no more than a queue needs', async () => {
    await using limited = openPostgres({
      dsn: database.dsn,
      applicationName: 'delivery test as daywatch_calendar',
      role: 'daywatch_calendar',
    });
    const run = (text: string) => limited.query({ name: `test.${text.length}`, text }, []);

    await expect(run("UPDATE delivery.dead_letters SET body = ''")).rejects.toThrow('permission denied');
    await expect(run('TRUNCATE delivery.messages')).rejects.toThrow('permission denied');
    await expect(run('DROP TABLE delivery.dead_letters')).rejects.toThrow('must be owner');
  });
});

const countAll: SqlStatement<{ readonly count: number }> = {
  name: 'test.count',
  text: 'SELECT count(*) AS count FROM delivery.messages',
};
