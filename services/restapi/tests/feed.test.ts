import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEvents, type EventReader } from './_support/event-reader.ts';
import { describeTarget, openHouse, report, watch, type House } from './_support/house.ts';

const PATH = '/api/v1/monitor/events';

let house: House;
let readers: EventReader[];
beforeEach(async () => {
  house = await openHouse();
  readers = [];
  await watch(house, [describeTarget('gometr'), describeTarget('calendar')]);
});
afterEach(async () => {
  for (const reader of readers) reader.close();
  await house[Symbol.asyncDispose]();
});

async function listen(lastEventId?: string): Promise<EventReader> {
  const reader = await readEvents((init) => house.fetch(PATH, init), lastEventId);
  readers.push(reader);
  return reader;
}

describe('live changes', () => {
  it('should begin with a resync, and then tell of each change of a target', async () => {
    const reader = await listen();
    expect(reader.response.headers.get('content-type')).toBe('text/event-stream');
    expect(reader.response.headers.get('cache-control')).toBe('no-store');
    expect(await reader.next()).toMatchObject({ event: 'resync', data: {} });

    const failure = { status: 'fail', reason: 'nobody answers' } as const;
    await house.targets.board.report([report('gometr', 1_000_000, failure)]);
    const event = await reader.next();

    expect(event).toMatchObject({
      event: 'changes',
      data: { targets: [{ id: 'gometr', state: 'fail', reason: 'nobody answers' }] },
    });
    // The same as a target of the board, and nothing of those that did not change.
    const targets = (await house.get('/api/v1/targets')).body as { id: string }[];
    expect(event?.data.targets).toEqual(targets.filter(({ id }) => id === 'gometr'));
  });

  it('should tell who comes back what was missed', async () => {
    const first = await listen();
    const begun = await first.next();
    await house.targets.board.report([report('gometr', 1_000_000)]);
    const missed = await first.next();
    first.close();
    await house.targets.board.report([report('calendar', 1_000_000)]);

    const second = await listen(begun?.id);

    expect(await second.next()).toEqual(missed);
    expect(await second.next()).toMatchObject({ data: { targets: [{ id: 'calendar' }] } });
  });

  it('should tell who comes back with what is not known to begin anew', async () => {
    const first = await listen();
    await first.next();

    const second = await listen('of-another-process-7');

    expect(await second.next()).toMatchObject({ event: 'resync' });
  });

  it('should tell everybody to begin anew when other targets are watched', async () => {
    const reader = await listen();
    await reader.next();
    await watch(house, [describeTarget('gometr'), describeTarget('calendar'), describeTarget('new')]);

    expect(await reader.next()).toMatchObject({ event: 'resync' });
  });

  it('should end the stream when the token is revoked', async () => {
    const reader = await listen();
    await reader.next();
    await house.revoke();

    expect(await reader.next()).toBeUndefined();
  });

  it('should end the stream when the process stops, and not wait for it', async () => {
    const reader = await listen();
    await reader.next();
    const ended = reader.next();

    await house[Symbol.asyncDispose]();

    expect(await ended).toBeUndefined();
    house = await openHouse();
  });
});
