import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { waitFor } from '../../../tests/_support/wait-for.ts';
import type { MessageHandler, MessageQueue } from '../src/index.ts';
import { DONE, messagesOf, textOf } from './_support/messages.ts';
import type { QueueHarness } from './_support/queue-harness.ts';

export function describeDeadLetters(name: string, makeHarness: () => Promise<QueueHarness>): void {
  describe(`dead letters: ${name}`, () => {
    let harness: QueueHarness;
    let queue: MessageQueue;
    beforeEach(async () => {
      harness = await makeHarness();
      queue = harness.open();
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    const refuse: MessageHandler = async ({ id }) => ({ kind: 'dead-letter', reason: `I do not like ${id}` });

    async function bury(count: number): Promise<void> {
      await queue.publish(messagesOf(count));
      await using _ = queue.consume(refuse, { prefetch: 1 });
      await waitForDead(count);
    }
    async function waitForDead(count: number): Promise<void> {
      await waitFor(`${count} dead letters`, async () => (await queue.depth()).deadLetters === count);
    }
    const idsOf = async (): Promise<readonly string[]> =>
      (await queue.deadLetters.list({ limit: 100 })).map(({ id }) => id);

    it('should be what a handler refuses, with its reason', async () => {
      const before = Date.now();
      await bury(1);

      const letters = await queue.deadLetters.list({ limit: 10 });

      expect(letters).toMatchObject([{ id: 'm-0', reason: 'I do not like m-0', sizeBytes: 6 }]);
      expect(textOf(letters[0]?.bodyStart ?? expect.unreachable())).toBe('body 0');
      expect(Math.abs((letters[0]?.deadLetteredAtMs ?? 0) - before)).toBeLessThan(3_600_000);
      expect((await queue.depth()).waiting).toBe(0);
    });

    it('should be what is too large, which no handler sees', async () => {
      const seen: string[] = [];
      await harness.publishForeign('huge', Buffer.alloc(10_000_000, 'x'));
      await queue.publish(messagesOf(1));
      queue.consume(
        async ({ id }) => {
          seen.push(id);
          return DONE;
        },
        { prefetch: 10 },
      );
      await waitForDead(1);
      await waitFor('the other message', () => seen.length === 1);

      const [letter] = await queue.deadLetters.list({ limit: 1 });

      expect(letter).toMatchObject({
        id: 'huge',
        reason: 'the body has 10000000 bytes; allowed are 262144',
        sizeBytes: 10_000_000,
      });
      expect(letter?.bodyStart).toHaveLength(4096);
      expect(seen).toEqual(['m-0']);
    });

    it('should be told of, each once, also where no handler has seen it', async () => {
      await harness.publishForeign('huge', Buffer.alloc(300_000, 'x'));
      await queue.publish(messagesOf(2));
      const told: string[] = [];
      queue.consume(async ({ id }) => (id === 'm-0' ? { kind: 'dead-letter', reason: 'refused' } : DONE), {
        prefetch: 10,
        onDeadLetter: (reason) => told.push(reason),
      });
      await waitForDead(2);
      await waitFor('both', () => told.length >= 2);

      expect(told.toSorted()).toEqual(['refused', 'the body has 300000 bytes; allowed are 262144']);
    });

    it('should be what is not JSON, where a handler finds that', async () => {
      await harness.publishForeign('poison', Buffer.from('{"half":'));
      queue.consume(
        async ({ body }) => {
          try {
            JSON.parse(textOf(body));
            return DONE;
          } catch (error) {
            return { kind: 'dead-letter', reason: `not JSON: ${String(error)}` };
          }
        },
        { prefetch: 1 },
      );

      await waitForDead(1);

      expect(await queue.deadLetters.list({ limit: 1 })).toMatchObject([
        { id: 'poison', reason: expect.stringContaining('not JSON: SyntaxError') },
      ]);
    });

    it('should have a name to be replayed by, where the publisher gave none', async () => {
      await harness.publishForeign('', Buffer.from('nameless'));
      await using _ = queue.consume(refuse, { prefetch: 1 });
      await waitForDead(1);

      expect(await idsOf()).toEqual([expect.stringMatching(/^unnamed-/)]);
    });

    it('should be what its handler fails on again and again', async () => {
      const twice = harness.open({ maxDeliveries: 2 });
      await queue.publish(messagesOf(1));
      twice.consume(
        async () => {
          throw new Error('a bug');
        },
        { prefetch: 1 },
      );

      await waitForDead(1);

      expect(await queue.deadLetters.list({ limit: 1 })).toMatchObject([
        { reason: 'its handler failed 2 times, the last time with: a bug' },
      ]);
    });

    it('should be what was handed out too often without a verdict', async () => {
      const twice = harness.open({ maxDeliveries: 2 });
      await queue.publish(messagesOf(1));
      for (const _ of [1, 2]) {
        const subscription = twice.consume(() => new Promise(() => undefined), { prefetch: 1 });
        await waitFor('it in hand', () => subscription.inFlight() === 1);
        await subscription.close(0);
      }
      twice.consume(() => Promise.reject(new Error('it must not come here')), { prefetch: 1 });

      await waitForDead(1);

      expect(await queue.deadLetters.list({ limit: 1 })).toMatchObject([
        { reason: 'it was handed out 2 times without a verdict; allowed are 2' },
      ]);
    });

    it('should stay as they are however often they are looked at', async () => {
      await bury(3);

      for (let i = 0; i < 25; i++) expect(await idsOf()).toEqual(['m-0', 'm-1', 'm-2']);
      const two = await queue.deadLetters.list({ limit: 2 });
      const chosen = await queue.deadLetters.list({ limit: 2, ids: new Set(['m-2']) });

      expect(two.map(({ id }) => id)).toEqual(['m-0', 'm-1']);
      expect(chosen.map(({ id }) => id)).toEqual(['m-2']);
    });

    it('should come back as new messages when they are replayed', async () => {
      await bury(3);

      expect(await queue.deadLetters.replay({ limit: 1 })).toBe(1);
      expect(await queue.deadLetters.replay({ limit: 10, ids: new Set(['m-2', 'unknown']) })).toBe(1);

      const seen: string[] = [];
      queue.consume(
        async ({ id, body, deliveries }) => {
          seen.push(`${id}, ${textOf(body)}, ${deliveries}`);
          return DONE;
        },
        { prefetch: 1 },
      );
      await waitFor('both', () => seen.length === 2);
      expect(seen).toEqual(['m-0, body 0, 1', 'm-2, body 2, 1']);
      expect(await idsOf()).toEqual(['m-1']);
    });

    it('should be gone when they are discarded', async () => {
      await bury(3);

      expect(await queue.deadLetters.discard({ limit: 10, ids: new Set(['m-1']) })).toBe(1);
      expect(await idsOf()).toEqual(['m-0', 'm-2']);
      expect(await queue.deadLetters.discard({ limit: 10 })).toBe(2);
      expect(await idsOf()).toEqual([]);
    });

    it('should not block what comes behind them', async () => {
      await queue.publish(messagesOf(500));
      const seen: string[] = [];
      queue.consume(
        async ({ id }) => {
          if (Number(id.slice(2)) % 5 === 0) return { kind: 'dead-letter', reason: 'a fifth of them' };
          seen.push(id);
          return DONE;
        },
        { prefetch: 10 },
      );

      await waitForDead(100);
      await waitFor('the others', () => seen.length === 400);
    });

    it('should be refused a limit out of range', async () => {
      await expect(queue.deadLetters.list({ limit: 0 })).rejects.toThrow('limit: 0 is not allowed');
    });
  });
}
