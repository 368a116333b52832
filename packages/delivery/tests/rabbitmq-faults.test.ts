import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { hasDebianPackage } from '../../../tests/_support/debian-packages.ts';
import { startRabbitmq, type TestBroker } from '../../../tests/_support/rabbitmq-server.ts';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import type { MessageQueue } from '../src/index.ts';
import { DONE, messagesOf } from './_support/messages.ts';
import { makeRabbitmqHarness, type RabbitmqHarness } from './_support/rabbitmq-harness.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What only a broker of the test's own shows: it is killed and stopped here. */
describe.runIf(hasDebianPackage('rabbitmq-server'))('a RabbitMQ that fails', () => {
  let broker: TestBroker;
  let harness: RabbitmqHarness;
  let over: AbortController;
  beforeAll(async () => {
    broker = await startRabbitmq();
  });
  beforeEach(async () => {
    over = new AbortController();
    harness = await makeRabbitmqHarness(broker.url);
  });
  afterEach(async () => {
    over.abort();
    await harness[Symbol.asyncDispose]();
  });
  afterAll(() => broker[Symbol.asyncDispose]());

  /** Publishes again what is not confirmed, as an outbox does, until all is, or the test has given up. */
  async function publishAll(queue: MessageQueue, count: number): Promise<number> {
    let sent = 0;
    for (let rest = messagesOf(count); rest.length > 0 && !over.signal.aborted;) {
      const batch = rest.slice(0, 100);
      const outcomes = await queue.publish(batch);
      const open = batch.filter((_, at) => outcomes[at]?.kind !== 'confirmed');
      sent += batch.length;
      rest = [...open, ...rest.slice(batch.length)];
      // An outbox comes back a while later, too: without that the loop would keep the process from all else.
      if (open.length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return sent;
  }

  it('should have lost nothing that it confirmed, when it is killed while it is busy', async () => {
    const queue = harness.open({ publishTimeoutMs: 2_000 });
    const seen = new Map<string, number>();
    queue.consume(
      async ({ id }) => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        seen.set(id, (seen.get(id) ?? 0) + 1);
        return DONE;
      },
      { prefetch: 50 },
    );
    await queue.depth();
    await waitFor('the queue to be on disk', () => broker.hasSettled());
    const publishing = publishAll(queue, 2_000);

    await waitFor('some progress', () => seen.size >= 500);
    await broker.kill();
    await broker.start();
    const sent = await publishing;
    await waitFor('every message', () => seen.size === 2_000);

    const handled = Array.from(seen.values()).reduce((sum, count) => sum + count, 0);
    console.log(`2000 messages over a kill: published ${sent}, handled ${handled}, distinct ${seen.size}`);
    expect(harness.lines).toEqual([expect.stringContaining('is away'), expect.stringContaining('is back')]);
  });

  it('should be waited for when it is stopped for a while', async () => {
    const queue = harness.open({ publishTimeoutMs: 500 });
    const seen = new Set<string>();
    queue.consume(
      async ({ id }) => {
        seen.add(id);
        return DONE;
      },
      { prefetch: 50 },
    );
    await publishAll(queue, 100);

    await broker.pause();
    const [outcome] = await queue.publish(messagesOf(1, 'stopped'));
    broker.resume();

    expect(outcome?.kind).toBe('unknown');
    await publishAll(queue, 300);
    await waitFor('every message', () => seen.size >= 300);
  });

  it('should say what no queue takes, and have its queue again on the next channel', async () => {
    const queue = harness.open();
    await queue.publish(messagesOf(1));
    await harness.admin.queueDelete({ queue: harness.name });

    const outcomes = await queue.publish(messagesOf(3));

    expect(outcomes).toEqual(
      Array.from({ length: 3 }, () => ({
        kind: 'refused',
        code: 'unroutable',
        reason: `no queue takes '${harness.name}' of the exchange '${harness.name}': NO_ROUTE`,
      })),
    );
    await queue.depth();
    expect(await queue.publish(messagesOf(1))).toEqual([{ kind: 'confirmed' }]);
  });

  it('should get its queue again from a consumer that it was taken from', async () => {
    const queue = harness.open();
    const seen: string[] = [];
    queue.consume(
      async ({ id }) => {
        seen.push(id);
        return DONE;
      },
      { prefetch: 5 },
    );
    await queue.publish(messagesOf(1, 'before'));
    await waitFor('the first message', () => seen.length === 1);

    await harness.admin.queueDelete({ queue: harness.name });

    await waitFor(
      'a confirm',
      async () => (await queue.publish(messagesOf(1, 'after')))[0]?.kind === 'confirmed',
    );
    await waitFor('the second message', () => seen.includes('after-0'));
  });

  it('should be told of, where it has a queue of that name that is another', async () => {
    await harness.admin.queueDeclare({ queue: harness.name, durable: true });
    const queue = harness.open({ publishTimeoutMs: 1_000 });
    queue.consume(async () => DONE, { prefetch: 1 });

    const [outcome] = await queue.publish(messagesOf(1));

    expect(outcome).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('PRECONDITION_FAILED'),
    });
    await waitFor('the log to say so', () => harness.lines.length > 0);
    expect(harness.lines).toEqual([expect.stringContaining('PRECONDITION_FAILED')]);
  });

  it('should cost no memory and no log while it is away for long', async () => {
    const queue = harness.open({ publishTimeoutMs: 20 });
    queue.consume(async () => DONE, { prefetch: 100 });
    await publishAll(queue, 100);
    const publishFor = async (rounds: number): Promise<number> => {
      for (let round = 0; round < rounds; round++) await queue.publish(messagesOf(100));
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    const attempts = harness.cable.attempts();

    harness.cable.cut();
    const early = await publishFor(50);
    const late = await publishFor(200);
    const lines = [...harness.lines];
    harness.cable.restore();

    await waitFor('it to be back', () => harness.lines.length === 2);
    expect(harness.cable.attempts()).toBeGreaterThan(attempts + 5);
    expect(lines).toEqual([expect.stringContaining('RabbitMQ is away')]);
    // 20,000 messages of the second part, kept, would be more than 4 MB.
    expect(late - early).toBeLessThan(4_000_000);
  });
});
