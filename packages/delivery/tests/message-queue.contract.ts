import { randomUUID } from 'node:crypto';

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { waitFor } from '../../../tests/_support/wait-for.ts';
import type { MessageQueue, OutgoingMessage, QueueOptions, Verdict } from '../src/index.ts';
import { describeDeadLetters } from './dead-letters.contract.ts';
import { describeOutages } from './outages.contract.ts';
import type { QueueHarness } from './_support/queue-harness.ts';
import { DONE, messagesOf, never, textOf } from './_support/messages.ts';

/** What every queue must do. @param makeHarness gives an empty queue of its own */
export function describeMessageQueue(name: string, makeHarness: () => Promise<QueueHarness>): void {
  describe(`a queue: ${name}`, () => {
    let harness: QueueHarness;
    let queue: MessageQueue;
    beforeEach(async () => {
      harness = await makeHarness();
      queue = harness.open();
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    /** Handles everything with `done` until so many distinct ids have come. */
    async function drainIds(count: number, from = queue): Promise<readonly string[]> {
      const ids: string[] = [];
      await using subscription = from.consume(
        async ({ id }) => {
          ids.push(id);
          return DONE;
        },
        { prefetch: 100 },
      );
      await waitFor(`${count} messages`, () => new Set(ids).size >= count && subscription.inFlight() === 0);
      return ids;
    }

    it('should hand out what was published, byte for byte', async () => {
      const bodies = fc.array(fc.uint8Array({ maxLength: 2000 }), { minLength: 1, maxLength: 20 });
      const expected = new Map<string, Uint8Array>();
      const seen = new Map<string, Uint8Array>();
      queue.consume(
        async ({ id, body, deliveries }) => {
          expect(deliveries).toBe(1);
          seen.set(id, Uint8Array.from(body));
          return DONE;
        },
        { prefetch: 50 },
      );
      await fc.assert(
        fc.asyncProperty(bodies, async (batch) => {
          const messages = batch.map((body) => ({ id: randomUUID(), body }));
          for (const { id, body } of messages) expected.set(id, body);
          const outcomes = await queue.publish(messages);
          expect(outcomes).toEqual(messages.map(() => ({ kind: 'confirmed' })));
        }),
        { numRuns: 20 },
      );

      await waitFor('every message', () => seen.size === expected.size);
      for (const [id, body] of expected) expect(Buffer.compare(seen.get(id) ?? never(), body)).toBe(0);
    });

    it('should answer one outcome for each message, in their order', async () => {
      const small = harness.open({ maxMessageBytes: 10 });
      const messages: OutgoingMessage[] = [
        { id: 'a', body: Buffer.from('0123456789') },
        { id: 'b', body: Buffer.from('0123456789+') },
        { id: 'c d', body: Buffer.from('x') },
        { id: '', body: Buffer.from('x') },
        { id: 'é', body: Buffer.from('x') },
        { id: 'f', body: Buffer.from('') },
      ];

      const outcomes = await small.publish(messages);

      const codes = outcomes.map((outcome) => (outcome.kind === 'refused' ? outcome.code : outcome.kind));
      const invalid = 'invalid_id';
      expect(codes).toEqual(['confirmed', 'message_too_large', invalid, invalid, invalid, 'confirmed']);
      expect(outcomes[1]).toMatchObject({ reason: 'the body of b has 11 bytes; allowed are 10' });
      expect(await drainIds(2)).toEqual(['a', 'f']);
    });

    it('should take an empty batch, and refuse one that is too long', async () => {
      expect(await queue.publish([])).toEqual([]);
      await expect(queue.publish(messagesOf(10_001))).rejects.toThrow(
        'a batch of 10001 messages is too long',
      );
    });

    it('should hand out each of many messages once, about in order, and let consumers share them', async () => {
      const messages = messagesOf(2_000);
      await queue.publish(messages);
      const shares = [new Array<string>(), new Array<string>()];
      for (const share of shares) {
        queue.consume(
          async ({ id }) => {
            share.push(id);
            // Longer than one turn of the event loop, so that none takes all.
            await new Promise((resolve) => setTimeout(resolve, 1));
            return DONE;
          },
          { prefetch: 20 },
        );
      }

      await waitFor('every message', () => shares.flat().length >= messages.length);

      expect(shares.flat().toSorted()).toEqual(messages.map(({ id }) => id).toSorted());
      for (const share of shares) expect(share.length).toBeGreaterThan(200);
      await waitFor('an empty queue', async () => (await queue.depth()).waiting === 0);
    });

    it('should never have more in hand than the prefetch allows', async () => {
      await queue.publish(messagesOf(50));
      let inHand = 0;
      let most = 0;
      let handled = 0;
      queue.consume(
        async () => {
          most = Math.max(most, ++inHand);
          await new Promise((resolve) => setTimeout(resolve, 2));
          inHand--;
          handled++;
          return DONE;
        },
        { prefetch: 7 },
      );

      await waitFor('every message', () => handled === 50);

      expect(most).toBe(7);
    });

    it('should count what waits, and not what is in hand', async () => {
      await queue.publish(messagesOf(5));
      await waitFor('a depth of 5', async () => (await queue.depth()).waiting === 5);
      const subscription = queue.consume(() => new Promise(() => undefined), { prefetch: 2 });
      await waitFor('two in hand', () => subscription.inFlight() === 2);

      await waitFor('a depth of 3', async () => (await queue.depth()).waiting === 3);

      await subscription.close(0);
    });

    it('should refuse more than it holds, and take more when there is room again', async () => {
      const small = harness.open({ name: `small-${randomUUID()}`, maxMessages: 20 });
      const isTaken = async (id: string): Promise<boolean> => {
        const [outcome] = await small.publish([{ id, body: Buffer.from(id) }]);
        if (outcome?.kind === 'refused') expect(outcome.code).toBe('not_accepted');
        return outcome?.kind === 'confirmed';
      };
      let taken = 0;
      await waitFor('a refusal', async () => {
        if (!(await isTaken(`m-${taken}`))) return true;
        taken++;
        return false;
      });
      // The broker tells publishers a moment later that it is full.
      expect(taken).toBeGreaterThanOrEqual(20);
      expect(taken).toBeLessThan(200);

      expect(await drainIds(taken, small)).toHaveLength(taken);
      await waitFor('room', () => isTaken('after'));
      expect(await drainIds(1, small)).toEqual(['after']);
    });

    it('should keep what waits apart from other queues', async () => {
      const other = harness.open({ name: `other-${randomUUID()}` });
      await queue.publish(messagesOf(1, 'here'));
      await other.publish(messagesOf(1, 'there'));

      expect(await drainIds(1)).toEqual(['here-0']);
      expect(await drainIds(1, other)).toEqual(['there-0']);
    });

    it('should call a handler again that says so, or throws, with the same delivery', async () => {
      await queue.publish(messagesOf(1));
      const answers: (() => Verdict)[] = [
        () => ({ kind: 'again', afterMs: 1, reason: 'not now' }),
        () => {
          throw new Error('a mishap');
        },
        () => DONE,
      ];
      const deliveries: number[] = [];
      const subscription = queue.consume(
        async (message) => {
          deliveries.push(message.deliveries);
          return (answers.shift() ?? never())();
        },
        { prefetch: 1 },
      );

      await waitFor('the verdict', () => answers.length === 0 && subscription.inFlight() === 0);

      expect(deliveries).toEqual([1, 1, 1]);
      await waitFor('an empty queue', async () => (await queue.depth()).waiting === 0);
    });

    it('should hand out again what a consumer left behind, and count it', async () => {
      await queue.publish(messagesOf(3));
      const first = queue.consume(() => new Promise(() => undefined), { prefetch: 3 });
      await waitFor('three in hand', () => first.inFlight() === 3);
      await first.close(0);

      const deliveries: number[] = [];
      queue.consume(
        async (message) => {
          deliveries.push(message.deliveries);
          return DONE;
        },
        { prefetch: 3 },
      );

      await waitFor('three again', () => deliveries.length === 3);
      expect(deliveries).toEqual([2, 2, 2]);
    });

    it('should take a message away from a handler that takes too long', async () => {
      await queue.publish(messagesOf(1));
      const signals: AbortSignal[] = [];
      queue.consume(
        (message, signal) => {
          signals.push(signal);
          return message.deliveries > 1 ? Promise.resolve(DONE) : new Promise(() => undefined);
        },
        { prefetch: 1, handlingTimeoutMs: 100 },
      );

      await waitFor('a second delivery', () => signals.length === 2);

      expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
      expect(String(signals[0]?.reason)).toBe('Error: it was not handled within 100 ms');
    });

    it('should wait for handlers when it is closed, and take nothing new', async () => {
      await queue.publish(messagesOf(10));
      const { promise: mayEnd, resolve: letEnd } = Promise.withResolvers<void>();
      let begun = 0;
      const subscription = queue.consume(
        async () => {
          begun++;
          await mayEnd;
          return DONE;
        },
        { prefetch: 2 },
      );
      await waitFor('two in hand', () => begun === 2);

      const closing = subscription.close(60_000);
      letEnd();
      await closing;

      expect(begun).toBe(2);
      await waitFor('the rest to wait', async () => (await queue.depth()).waiting === 8);
    });

    it('should abort handlers that do not end in the time to drain', async () => {
      await queue.publish(messagesOf(1));
      let signal: AbortSignal | undefined;
      const subscription = queue.consume(
        (_, given) => {
          signal = given;
          return new Promise(() => undefined);
        },
        { prefetch: 1 },
      );
      await waitFor('one in hand', () => signal !== undefined);

      await subscription.close(50);

      expect(signal?.aborted).toBe(true);
      expect(subscription.inFlight()).toBe(0);
      await waitFor('it to wait again', async () => (await queue.depth()).waiting === 1);
    });

    it('should take nothing any more once it is closed', async () => {
      await queue.close();
      await queue.close();

      expect(await queue.publish(messagesOf(1))).toEqual([
        { kind: 'unknown', reason: 'the queue is closed' },
      ]);
    });

    it('should heed a signal that is aborted', async () => {
      const reason = new Error('not wanted any more');
      const signal = AbortSignal.abort(reason);

      expect(await queue.publish(messagesOf(1), signal)).toMatchObject([{ kind: 'unknown' }]);
      await expect(queue.depth(signal)).rejects.toBe(reason);
      await expect(queue.check(signal)).rejects.toBe(reason);
      await expect(queue.deadLetters.list({ limit: 1 }, signal)).rejects.toBe(reason);
    });

    it.each([
      [{ name: 'Capital' }, "queue name: 'Capital' is not allowed"],
      [{ maxMessageBytes: 0 }, 'maxMessageBytes: 0 is not allowed'],
      [{ maxDeliveries: 1.5 }, 'maxDeliveries: 1.5 is not allowed'],
      [{ maxMessages: 0 }, 'maxMessages: 0 is not allowed'],
    ] satisfies [Partial<QueueOptions>, string][])('should refuse %j', (options, message) => {
      expect(() => harness.open(options)).toThrow(message);
    });

    it('should refuse a prefetch out of range', () => {
      const handler = async () => DONE;

      expect(() => queue.consume(handler, { prefetch: 0 })).toThrow('prefetch: 0 is not allowed');
      expect(() => queue.consume(handler, { prefetch: 1, handlingTimeoutMs: 1e9 })).toThrow(
        'handlingTimeoutMs',
      );
    });

    it('should hand out again what a killed process had in hand', async () => {
      await queue.publish(messagesOf(5));
      await using consumer = await harness.startConsumerProcess();
      await waitFor('its messages', () => consumer.ids().length === 5);
      consumer.kill();

      expect((await drainIds(5)).toSorted()).toEqual(consumer.ids().toSorted());
    });

    it('should be read by others as what it is', async () => {
      await harness.publishForeign('foreign', Buffer.from('{"not": "ours"}'));
      let text = '';
      queue.consume(
        async (message) => {
          text = `${message.id}: ${textOf(message.body)}`;
          return DONE;
        },
        { prefetch: 1 },
      );

      await waitFor('the message', () => text !== '');

      expect(text).toBe('foreign: {"not": "ours"}');
    });
  });

  describeDeadLetters(name, makeHarness);
  describeOutages(name, makeHarness);
}
