import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Acknowledgements, type AcknowledgingChannel } from './acknowledgements.ts';

/** A channel that counts as the broker does: a number with `multiple` stands for all that are open up to it. */
function openChannel(): AcknowledgingChannel & {
  readonly open: Set<number>;
  readonly acknowledged: number[];
  readonly returned: number[];
  frames: number;
  active: boolean;
} {
  const channel = {
    active: true,
    open: new Set<number>(),
    acknowledged: new Array<number>(),
    returned: new Array<number>(),
    frames: 0,
    basicAck({ deliveryTag, multiple = false }: { deliveryTag: number; multiple?: boolean }) {
      channel.frames++;
      const tags = multiple ? [...channel.open].filter((tag) => tag <= deliveryTag) : [deliveryTag];
      for (const tag of tags) {
        if (!channel.open.delete(tag)) throw new Error(`PRECONDITION_FAILED: unknown delivery tag ${tag}`);
        channel.acknowledged.push(tag);
      }
    },
    basicNack({ deliveryTag }: { deliveryTag: number }) {
      if (!channel.open.delete(deliveryTag)) throw new Error(`unknown delivery tag ${deliveryTag}`);
      channel.returned.push(deliveryTag);
    },
  };
  return channel;
}

function receive(count: number) {
  const channel = openChannel();
  const acknowledgements = new Acknowledgements(channel);
  for (let tag = 1; tag <= count; tag++) {
    channel.open.add(tag);
    acknowledgements.receive(tag);
  }
  return { channel, acknowledgements };
}

describe('acknowledgements', () => {
  it('should be one for all that end together', async () => {
    const { channel, acknowledgements } = receive(500);
    await Promise.all(Array.from({ length: 500 }, (_, at) => acknowledgements.acknowledge(at + 1)));

    expect(channel).toMatchObject({ frames: 1, open: new Set() });
  });

  it('should leave alone what is still in hand', async () => {
    const { channel, acknowledgements } = receive(5);
    await Promise.all([1, 2, 4].map((tag) => acknowledgements.acknowledge(tag)));

    expect(channel.acknowledged).toEqual([1, 2, 4]);
    expect(channel.open).toEqual(new Set([3, 5]));
  });

  it('should say nothing on a channel that broke', async () => {
    const { channel, acknowledgements } = receive(2);
    channel.active = false;
    acknowledgements.giveBack(1);
    await acknowledgements.acknowledge(2);

    expect(channel).toMatchObject({ acknowledged: [], returned: [] });
  });

  it('should be said of each handled message once, and of no other, in whatever order they end', async () => {
    const end = fc.constantFrom('acknowledge', 'give-back', 'keep');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(end, fc.nat(), fc.boolean()), { minLength: 1, maxLength: 40 }),
        async (ends) => {
          const { channel, acknowledgements } = receive(ends.length);
          const order = ends
            .map(([kind, place, isTurnOver], at) => ({ kind, place, isTurnOver, tag: at + 1 }))
            .toSorted((a, b) => a.place - b.place);
          const ending: Promise<void>[] = [];
          for (const { kind, isTurnOver, tag } of order) {
            if (kind === 'acknowledge') ending.push(acknowledgements.acknowledge(tag));
            if (kind === 'give-back') acknowledgements.giveBack(tag);
            if (isTurnOver) await new Promise((resolve) => setImmediate(resolve));
          }
          await Promise.all(ending);

          const tagsOf = (wanted: string) =>
            order
              .filter(({ kind }) => kind === wanted)
              .map(({ tag }) => tag)
              .toSorted((a, b) => a - b);
          expect(channel.acknowledged.toSorted((a, b) => a - b)).toEqual(tagsOf('acknowledge'));
          expect(channel.returned.toSorted((a, b) => a - b)).toEqual(tagsOf('give-back'));
          expect([...channel.open]).toEqual(tagsOf('keep'));
        },
      ),
    );
  });
});
