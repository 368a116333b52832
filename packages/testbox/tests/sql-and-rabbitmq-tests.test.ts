import { randomUUID } from 'node:crypto';
import { Connection } from 'rabbitmq-client';
import { describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../tests/_support/databases.ts';
import { hasDebianPackage } from '../../../tests/_support/debian-packages.ts';
import { askForShared } from '../../../tests/_support/shared-things.ts';
import { freePort } from '../../../tests/_support/free-port.ts';
import { tryTests } from './_support/call.ts';

const NOWHERE = { host: '127.0.0.1', port: undefined };

describe('tests in SQL', () => {
  it('should see rows as JSON, give parameters, and tell what the database refuses', async () => {
    await using database = await createTestDatabase({ migrated: false });
    const url = database.dsn;

    const report = await tryTests(
      `
tests:
  - {name: writes, sql: {url: '${url}', query: 'CREATE TABLE t AS SELECT 1 AS a, $x$b$x$ AS b, timestamptz $x$2030-01-01Z$x$ AS at'}, expectedRows: 0}
  - {name: reads, sql: {url: '${url}', query: 'SELECT * FROM t WHERE a = $1', parameters: [1]}, expectedRows: 1,
     expectedJson: {'[0]': {a: 1, b: b, at: '2030-01-01T00:00:00.000Z'}}, capture: {b: '[0].b'}}
  - {name: counts, sql: {url: '${url}', query: 'SELECT FROM t WHERE b = $1', parameters: ['\${b}']}, expectedRows: 2}
  - {name: refused, sql: {url: '${url}', query: 'SELECT nonsense'}}
  - {name: hangs, sql: {url: '${url}', query: 'SELECT pg_sleep(1000)'}, timeout: 200ms}
  - {name: nobody, sql: {url: 'postgres://x@127.0.0.1:${await freePort()}/x', query: SELECT 1}}
`,
      NOWHERE,
    );

    expect(report).toBe(`writes ok
reads ok
counts fail (ExpectedRows 2 got 1)
refused fail (PostgreSQL: column "nonsense" does not exist)
hangs fail (no answer within 200 ms)
nobody fail (PostgreSQL: ECONNREFUSED)
`);
  });
});

describe.runIf(hasDebianPackage('rabbitmq-server'))('tests with RabbitMQ', () => {
  it('should publish what a queue takes, and take it from there', async () => {
    const url = await askForShared('rabbitmq');
    const queue = `testbox-${randomUUID()}`;
    const admin = new Connection(url);
    await admin.queueDeclare({ queue, durable: true });

    const report = await tryTests(
      `
tests:
  - {name: publishes, publish: {url: '${url}', routingKey: ${queue}, message: {id: 7}, headers: {kind: test}}}
  - {name: consumes, consume: {url: '${url}', queue: ${queue}}, expectedJson: {id: 7}, expectedHeaders: {kind: test}}
  - {name: text, publish: {url: '${url}', routingKey: ${queue}, message: plain words}}
  - {name: takes text, consume: {url: '${url}', queue: ${queue}}, responseContains: plain words}
  - {name: empty, consume: {url: '${url}', queue: ${queue}}, timeout: 300ms}
  - {name: no such queue, consume: {url: '${url}', queue: none-${queue}}}
  - {name: nobody takes it, publish: {url: '${url}', routingKey: none-${queue}, message: x}}
  - {name: nobody, consume: {url: 'amqp://127.0.0.1:${await freePort()}', queue: x}}
`,
      NOWHERE,
    );
    await admin.queueDelete(queue);
    await admin.close();

    expect(report).toMatch(
      /^publishes ok\nconsumes ok\ntext ok\ntakes text ok\nempty fail \(no answer within 300 ms\)\n/,
    );
    expect(report).toMatch(
      /no such queue fail \(RabbitMQ: .+\)\nnobody takes it fail \(RabbitMQ: no queue takes .+\)\nnobody fail \(RabbitMQ: .*ECONNREFUSED.*\)\n$/,
    );
  });
});
