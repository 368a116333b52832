import type { FaultMatch } from '../faults/fault-match.ts';
import type { KubeObject } from '../object/kube-object.ts';
import type { WatchEvent } from '../read/watch-objects.ts';
import { keyOfObject } from '../store/store-event.ts';

type Send = (event: WatchEvent) => void;

/** So many events are held back at most, so that they are late by a little and never by much. */
const MAX_HELD = 8;
const HOLD_MS = 30;

/** Holds events back for a moment and lets them go in another order, that of each object kept. */
export class EventShuffle {
  readonly match: FaultMatch;
  readonly #random: () => number;
  readonly #held = new Map<Send, WatchEvent[]>();
  #timer: NodeJS.Timeout | undefined;

  constructor(match: FaultMatch, random: () => number) {
    this.match = match;
    this.#random = random;
  }

  take(send: Send, event: WatchEvent): void {
    // A bookmark says that all before it was told; that stays true only if it is.
    if (event.type === 'BOOKMARK' || event.type === 'ERROR') {
      this.#release(send);
      send(event);
      return;
    }
    const held = this.#held.get(send) ?? [];
    held.push(event);
    this.#held.set(send, held);
    if (held.length >= MAX_HELD) this.#release(send);
    this.#timer ??= setTimeout(() => this.flush(), HOLD_MS);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const send of this.#held.keys()) this.#release(send);
  }

  #release(send: Send): void {
    const queues = Map.groupBy(this.#held.get(send) ?? [], ({ object }) => keyOfObject(object as KubeObject));
    this.#held.delete(send);
    const waiting = [...queues.values()];
    while (waiting.length > 0) {
      const at = Math.floor(this.#random() * waiting.length);
      const next = waiting[at]?.shift();
      if (next === undefined) waiting.splice(at, 1);
      else send(next);
    }
  }
}
