import { afterEach, expect, it } from 'vitest';
import type { CalendarId } from '../calendar/calendar.ts';
import type { UserId } from '../event/event.ts';
import { toInstant } from '../time/instant.ts';
import type { OwnerState } from './change-log.ts';
import { ChangeWatch, type Watcher } from './change-watch.ts';

const ANN = 'ann' as UserId;
const BOB = 'bob' as UserId;
/** Longer than any test takes: a `next` that answers was woken. */
const LONG_MS = 60_000;

let revision = 1;
let reads: (readonly UserId[])[] = [];
let failure: Error | undefined;
let watch = open();

function open(): ChangeWatch {
  return new ChangeWatch({
    log: {
      read: async (owners) => {
        reads.push(owners);
        if (failure) throw failure;
        return owners.map((owner) => stateOf(owner === ANN ? revision : 7));
      },
    },
    now: () => toInstant(0),
    maxWatchers: 3,
    maxPerUser: 2,
    pollMs: 1,
  });
}

function stateOf(of: number): OwnerState {
  return { calendars: [{ id: 'c' as CalendarId, revision: of }], reminders: '' };
}

function join(owner: UserId): Watcher {
  const watcher = watch.watch(owner);
  if (typeof watcher === 'string') throw new Error(watcher);
  return watcher;
}

afterEach(() => {
  watch.stop();
  revision = 1;
  reads = [];
  failure = undefined;
  watch = open();
});

it('should tell each the state at once, then every change of their own, with one poll for all', async () => {
  const [first, second, bob] = [join(ANN), join(ANN), join(BOB)];
  expect(await Promise.all([first.next(LONG_MS), second.next(LONG_MS), bob.next(LONG_MS)])).toEqual([
    stateOf(1),
    stateOf(1),
    stateOf(7),
  ]);

  revision = 2;
  expect(await Promise.all([first.next(LONG_MS), second.next(LONG_MS)])).toEqual([stateOf(2), stateOf(2)]);
  expect(await bob.next(5)).toBeUndefined();
  expect(reads.every((owners) => owners.length === new Set(owners).size)).toBe(true);
});

it('should tell who is slow the latest alone', async () => {
  const watcher = join(ANN);
  const other = join(ANN);
  await watcher.next(LONG_MS);
  for (const next of [2, 3, 4]) {
    revision = next;
    await other.next(LONG_MS);
  }
  // The other has seen the last change, so this one has been told it too.
  await other.next(5);
  expect(await watcher.next(LONG_MS)).toEqual(stateOf(4));
  expect(await watcher.next(5)).toBeUndefined();
});

it('should let in so many of one user and so many in all, and another when one has left', () => {
  const first = join(ANN);
  join(ANN);
  expect(watch.watch(ANN)).toBe('full');
  join(BOB);
  expect(watch.watch(BOB)).toBe('full');
  first.close();
  expect(watch.size).toBe(2);
  join(BOB);
});

it('should go on after a poll that failed, and ask nothing while nobody watches', async () => {
  failure = new Error('the database is away');
  const watcher = join(ANN);
  expect(await watcher.next(5)).toBeUndefined();
  failure = undefined;
  expect(await watcher.next(LONG_MS)).toEqual(stateOf(1));

  watcher.close();
  await new Promise((resolve) => setTimeout(resolve, 5));
  const before = reads.length;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(reads.length).toBe(before);
});

it('should end every watch when it stops, and begin none', async () => {
  const watcher = join(ANN);
  await watcher.next(LONG_MS);
  const next = watcher.next(LONG_MS);
  watch.stop();
  expect(await next).toBeUndefined();
  expect(watcher.isOver()).toBe(true);
  expect(watch.watch(ANN)).toBe('stopping');
});
