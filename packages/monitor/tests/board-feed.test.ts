import { describe, expect, it } from 'vitest';
import { createBoardFeed, type BoardFeed, type FeedEvent, type TargetStanding } from '../src/index.ts';
import { VirtualClock } from './_support/virtual-clock.ts';

const MINUTE_MS = 60_000;

interface Setup {
  readonly feed: BoardFeed;
  readonly clock: VirtualClock;
  /** What the feed finds when it asks. */
  standings: readonly TargetStanding[] | Error;
  /** How often it has asked. */
  asked: number;
  readonly troubles: unknown[];
}

function setUp(): Setup {
  const clock = new VirtualClock();
  let epochs = 0;
  const setup: Setup = {
    clock,
    standings: [standing('a', 1), standing('b', 1)],
    asked: 0,
    troubles: [],
    feed: createBoardFeed({
      list: async () => {
        setup.asked += 1;
        if (setup.standings instanceof Error) throw setup.standings;
        return setup.standings;
      },
      clock,
      newEpoch: () => `epoch${++epochs}`,
      onAvailability: (error) => setup.troubles.push(error),
    }),
  };
  return setup;
}

function standing(id: string, atMs: number, more: Partial<TargetStanding> = {}): TargetStanding {
  return {
    id,
    domain: id,
    kind: 'http',
    url: `http://${id}.example`,
    intervalMs: 5000,
    timeoutMs: 3000,
    status: 'pass',
    reason: undefined,
    sinceMs: 1,
    lastCheck: { atMs, durationMs: 1 },
    lastScrape: undefined,
    lastError: undefined,
    checker: 'checker-1',
    ...more,
  };
}

function listen(feed: BoardFeed, lastEventId?: string) {
  const events: FeedEvent[] = [];
  return { events, close: feed.subscribe(lastEventId, (event) => events.push(event)) };
}

function textOf(event: FeedEvent): string {
  return event.kind === 'resync' ? 'resync' : event.targets.map(({ id }) => id).join();
}

describe('the feed of the board', () => {
  it('should tell those that changed, and each listener the same', async () => {
    const setup = setUp();
    const { feed, clock } = setup;
    const one = listen(feed);
    await clock.advance(0);
    const two = listen(feed);

    setup.standings = [standing('a', 1), standing('b', 2)];
    await clock.advance(1000);
    await clock.advance(1000);
    setup.standings = [standing('a', 1, { status: 'unknown', checker: undefined }), standing('b', 2)];
    await clock.advance(1000);

    expect(one.events.map(textOf)).toEqual(['resync', 'b', 'a']);
    expect(two.events.map(textOf)).toEqual(['resync', 'b', 'a']);
    expect(new Set(one.events.map(({ id }) => id)).size).toBe(3);
    feed.close();
  });

  it('should tell who comes back what came after the event that was seen last', async () => {
    const setup = setUp();
    const { feed, clock } = setup;
    const one = listen(feed);
    for (let at = 2; at < 6; at++) {
      await clock.advance(1000);
      setup.standings = [standing('a', at), standing('b', 1)];
    }
    await clock.advance(1000);

    for (const [i, { id }] of one.events.entries()) {
      expect(listen(feed, id).events).toEqual(one.events.slice(i + 1));
    }
    expect(listen(feed, 'epoch0-1').events.map(textOf)).toEqual(['resync']);
    feed.close();
  });

  it('should have those begin anew that were away for longer than is remembered', async () => {
    const setup = setUp();
    const { feed, clock } = setup;
    const one = listen(feed);
    for (let at = 2; at < 700; at++) {
      await clock.advance(1000);
      setup.standings = [standing('a', at), standing('b', 1)];
    }

    expect(listen(feed, one.events[1]?.id).events.map(textOf)).toEqual(['resync']);
    expect(listen(feed, one.events.at(-3)?.id).events).toHaveLength(2);
    feed.close();
  });

  it('should ask nobody while nobody listens, and have everybody begin anew after that', async () => {
    const setup = setUp();
    const { feed, clock } = setup;
    await clock.advance(10 * MINUTE_MS);
    expect(setup.asked).toBe(0);

    const one = listen(feed);
    await clock.advance(1000);
    one.close();
    // A page that is loaded again comes back soon.
    await clock.advance(30_000);
    expect(listen(feed, one.events[0]?.id).events).toEqual([]);
    const two = listen(feed);
    two.close();
    await clock.advance(MINUTE_MS);
    const asked = setup.asked;

    feed.close();
    await clock.advance(10 * MINUTE_MS);
    expect(setup.asked).toBeLessThanOrEqual(asked + 1);
    expect(clock.pending).toBe(0);
  });

  it('should stop when the last one has gone for a while, and forget what it knew', async () => {
    const setup = setUp();
    const { feed, clock } = setup;
    const one = listen(feed);
    await clock.advance(1000);
    one.close();
    await clock.advance(2 * MINUTE_MS);
    const asked = setup.asked;
    await clock.advance(10 * MINUTE_MS);

    expect(setup.asked).toBe(asked);
    expect(clock.pending).toBe(0);
    const two = listen(feed, one.events[0]?.id);
    await clock.advance(0);
    expect(two.events.map(textOf)).toEqual(['resync']);
    feed.close();
  });

  it('should miss nothing that happened while the standings could not be read', async () => {
    const setup = setUp();
    const { feed, clock } = setup;
    const one = listen(feed);
    await clock.advance(1000);

    setup.standings = new Error('the database is away');
    await clock.advance(5000);
    setup.standings = [standing('a', 2), standing('b', 1)];
    await clock.advance(1000);

    expect(one.events.map(textOf)).toEqual(['resync', 'a']);
    expect(setup.troubles).toEqual([new Error('the database is away'), undefined]);
    feed.close();
  });

  it('should have everybody begin anew when a target comes, goes, or is another', async () => {
    const setup = setUp();
    const { feed, clock } = setup;
    const one = listen(feed);
    await clock.advance(0);
    const [a, b] = [standing('a', 1), standing('b', 1)];
    for (const standings of [
      [a],
      [a, b],
      [a, { ...b, url: 'http://elsewhere.example' }],
      [a, standing('c', 1)],
    ]) {
      setup.standings = standings;
      await clock.advance(1000);
    }

    expect(one.events.map(textOf)).toEqual(['resync', 'resync', 'resync', 'resync', 'resync']);
    feed.close();
  });
});
