import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { waitFor } from '../../../tests/_support/wait-for.ts';
import { ErrQueueUnavailable } from '../src/index.ts';
import { DONE, messagesOf } from './_support/messages.ts';
import type { QueueHarness } from './_support/queue-harness.ts';

const TIMEOUT_MS = 1_000;

export function describeOutages(name: string, makeHarness: () => Promise<QueueHarness>): void {
  describe(`outages: ${name}`, () => {
    let harness: QueueHarness;
    beforeEach(async () => {
      harness = await makeHarness();
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    /** Publishes again what is not confirmed, as an outbox does. */
    async function publishAll(
      queue: ReturnType<QueueHarness['open']>,
      count: number,
    ): Promise<readonly string[]> {
      const confirmed: string[] = [];
      for (let rest = messagesOf(count); rest.length > 0;) {
        const batch = rest.slice(0, 50);
        const outcomes = await queue.publish(batch);
        const done = batch.filter((_, at) => outcomes[at]?.kind === 'confirmed').map(({ id }) => id);
        confirmed.push(...done);
        rest = rest.filter(({ id }) => !done.includes(id));
      }
      return confirmed;
    }

    it('should lose no confirmed message when connections break, again and again', async () => {
      const queue = harness.open({ publishTimeoutMs: TIMEOUT_MS });
      const seen = new Set<string>();
      queue.consume(
        async ({ id }) => {
          await new Promise((resolve) => setTimeout(resolve, 1));
          seen.add(id);
          return DONE;
        },
        { prefetch: 20 },
      );
      const publishing = publishAll(queue, 1_000);

      for (const seenAtLeast of [50, 200, 400, 600, 800]) {
        await waitFor('some progress', () => seen.size >= seenAtLeast);
        harness.cable.hiccup();
      }
      const confirmed = await publishing;

      await waitFor('every message', () => seen.size === 1_000);
      expect(confirmed).toHaveLength(1_000);
    });

    it('should say that it does not know, in time, while there is nobody to ask, and go on afterwards', async () => {
      const queue = harness.open({ publishTimeoutMs: TIMEOUT_MS });
      const seen: string[] = [];
      const consume = async ({ id }: { readonly id: string }) => {
        seen.push(id);
        return DONE;
      };
      queue.consume(consume, { prefetch: 10 });
      await queue.publish(messagesOf(1, 'before'));
      await waitFor('the first message', () => seen.length === 1);

      harness.cable.cut();
      const outcomes = await queue.publish(messagesOf(3, 'during'));
      await expect(queue.depth()).rejects.toThrow(ErrQueueUnavailable);
      await expect(queue.check()).rejects.toThrow(ErrQueueUnavailable);
      await expect(queue.deadLetters.list({ limit: 1 })).rejects.toThrow(ErrQueueUnavailable);
      harness.cable.restore();

      expect(outcomes.map(({ kind }) => kind)).toEqual(['unknown', 'unknown', 'unknown']);
      await waitFor('the queue to answer', () =>
        queue.check().then(
          () => true,
          () => false,
        ),
      );
      await waitFor(
        'a confirm',
        async () => (await queue.publish(messagesOf(1, 'after')))[0]?.kind === 'confirmed',
      );
      await waitFor('the last message', () => seen.includes('after-0'));
    });

    it('should write one line when it goes away and one when it is back, however often it tries', async () => {
      const queue = harness.open({ publishTimeoutMs: 200 });
      queue.consume(async () => DONE, { prefetch: 10 });
      await queue.publish(messagesOf(1));
      const before = harness.cable.attempts();

      harness.cable.cut();
      await waitFor('many attempts', async () => {
        await queue.publish(messagesOf(1));
        return harness.cable.attempts() > before + 10;
      });
      harness.cable.restore();
      await waitFor('it to be back', () => harness.lines.length >= 2);
      await queue.publish(messagesOf(1));

      expect(harness.lines).toEqual([expect.stringContaining('is away'), expect.stringContaining('is back')]);
      expect(harness.lines.join()).not.toMatch(/guest:guest|postgres:[0-9a-f]/);
    });

    it('should not wait for ever where nothing answers and nothing breaks', async () => {
      const queue = harness.open({ publishTimeoutMs: TIMEOUT_MS });
      const seen: string[] = [];
      queue.consume(
        async ({ id }) => {
          seen.push(id);
          return DONE;
        },
        { prefetch: 10 },
      );
      await queue.publish(messagesOf(1, 'before'));
      await waitFor('the first message', () => seen.length === 1);

      harness.cable.stall();
      const outcomes = await queue.publish(messagesOf(1, 'during'));
      harness.cable.restore();

      expect(outcomes).toMatchObject([{ kind: 'unknown' }]);
      await waitFor(
        'a confirm',
        async () => (await queue.publish(messagesOf(1, 'after')))[0]?.kind === 'confirmed',
      );
      await waitFor('the last message', () => seen.includes('after-0'));
    });

    it('should abort handlers whose messages are no longer theirs', async () => {
      const queue = harness.open();
      await queue.publish(messagesOf(1));
      const reasons: unknown[] = [];
      const deliveries: number[] = [];
      queue.consume(
        async (message, signal) => {
          deliveries.push(message.deliveries);
          if (message.deliveries > 1) return DONE;
          await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
          reasons.push((signal.reason as Error).message);
          return DONE;
        },
        { prefetch: 1 },
      );
      await waitFor('it in hand', () => deliveries.length === 1);

      harness.cable.cut();
      await waitFor('the abort', () => reasons.length === 1);
      harness.cable.restore();

      await waitFor('a second delivery', () => deliveries.length === 2);
      expect(reasons).toEqual([expect.stringContaining('the message will be handed out again')]);
    });

    it('should close in time while there is nobody to talk to', async () => {
      const queue = harness.open();
      queue.consume(() => new Promise(() => undefined), { prefetch: 1 });
      await queue.publish(messagesOf(1));
      harness.cable.cut();

      await queue.close(100);
    });
  });
}
