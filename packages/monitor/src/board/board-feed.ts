import type { Clock } from '../checker/clock.ts';
import type { TargetStanding } from '../target/target-board.ts';
import { diffStandings } from './diff-standings.ts';

/** What a board that is open is told. */
export type FeedEvent =
  /** What was seen before may be out of date: everything is to be asked for again. */
  | { readonly kind: 'resync'; readonly id: string }
  /** These were checked, or stand otherwise than before. */
  | { readonly kind: 'changes'; readonly id: string; readonly targets: readonly TargetStanding[] };

export interface BoardFeedOptions {
  readonly list: (signal: AbortSignal) => Promise<readonly TargetStanding[]>;
  readonly clock: Clock;
  /** Names the events of one feed apart from those of another, and of the same after a pause: random. */
  readonly newEpoch: () => string;
  /** Told once when the standings cannot be read, and again when that has passed. */
  readonly onAvailability?: (error: unknown) => void;
}

/** Live changes for any number of boards. */
export interface BoardFeed {
  /**
   * Tells of what changes from now on. Where `lastEventId` is of this feed and not too long ago, what came after it is
   * told first; else a `resync`.
   * @returns what ends it.
   */
  subscribe(lastEventId: string | undefined, listener: (event: FeedEvent) => void): () => void;
  /** Nothing is told any more. */
  close(): void;
}

/** How often standings are compared: a change is on the screen within two seconds. */
const POLL_MS = 1000;
/** How long it goes on when the last board was closed, so that one that is reloaded misses nothing. */
const LINGER_MS = 60_000;
/** How much is remembered for those that come back. */
const MAX_EVENTS = 600;
const MAX_STANDINGS = 50_000;

/**
 * Asks how everything stands once a second, for all boards together and only while there are any, and tells the
 * differences. Comparing needs no order of commits, no trigger and no connection that listens: whatever was written,
 * by whichever checker, is seen in the next second, and after an outage of the database nothing is missing.
 */
export function createBoardFeed({ list, clock, newEpoch, onAvailability }: BoardFeedOptions): BoardFeed {
  const listeners = new Set<(event: FeedEvent) => void>();
  const abort = new AbortController();
  let epoch = newEpoch();
  let number = 0;
  let events: FeedEvent[] = [];
  let known: ReadonlyMap<string, TargetStanding> | undefined;
  let cancelTimer: (() => void) | undefined;
  let isPolling = false;
  let idleSinceMs = 0;
  let isBroken = false;

  const nextId = (): string => `${epoch}-${++number}`;

  function tell(event: FeedEvent): void {
    events.push(event);
    let remembered = events.reduce((sum, each) => sum + sizeOf(each), 0);
    while (events.length > MAX_EVENTS || remembered > MAX_STANDINGS) remembered -= sizeOf(events.shift());
    for (const listener of listeners) listener(event);
  }

  async function poll(): Promise<void> {
    const standings = await list(abort.signal);
    if (abort.signal.aborted) return;
    if (isBroken) onAvailability?.(undefined);
    isBroken = false;
    const before = known;
    known = new Map(standings.map((standing) => [standing.id, standing]));
    if (before === undefined) {
      // Whoever asks for everything now, and then listens, misses nothing.
      tell({ kind: 'resync', id: nextId() });
      return;
    }
    const { changed, isSameSet } = diffStandings(before, standings);
    if (!isSameSet) tell({ kind: 'resync', id: nextId() });
    else if (changed.length > 0) tell({ kind: 'changes', id: nextId(), targets: changed });
  }

  async function turn(): Promise<void> {
    try {
      await poll();
    } catch (error) {
      if (abort.signal.aborted) return;
      if (!isBroken) onAvailability?.(error);
      isBroken = true;
    }
    if (abort.signal.aborted) return;
    if (listeners.size === 0 && clock.elapsed() - idleSinceMs >= LINGER_MS) {
      pause();
      return;
    }
    cancelTimer = clock.setTimer(() => void turn(), POLL_MS);
  }

  function pause(): void {
    isPolling = false;
    // What changes meanwhile is not seen, so whoever comes back begins anew.
    epoch = newEpoch();
    number = 0;
    events = [];
    known = undefined;
  }

  /** What was told after an event; undefined where that is not known. */
  function after(lastEventId: string | undefined): readonly FeedEvent[] | undefined {
    if (lastEventId === undefined) return undefined;
    if (lastEventId === `${epoch}-${number}`) return [];
    const at = events.findIndex(({ id }) => id === lastEventId);
    return at === -1 ? undefined : events.slice(at + 1);
  }

  return {
    subscribe(lastEventId, listener) {
      // Before the first look at the standings there is nothing to go on from; it tells all to begin anew.
      if (known) {
        const missed = after(lastEventId) ?? [{ kind: 'resync', id: `${epoch}-${number}` } as const];
        for (const event of missed) listener(event);
      }
      listeners.add(listener);
      if (!isPolling) {
        isPolling = true;
        void turn();
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) idleSinceMs = clock.elapsed();
      };
    },
    close() {
      abort.abort(new Error('the feed is closed'));
      cancelTimer?.();
      listeners.clear();
    },
  };
}

function sizeOf(event: FeedEvent | undefined): number {
  return event?.kind === 'changes' ? event.targets.length : 0;
}
