import { useSyncExternalStore } from 'react';
import { startCountdown } from '../../ui/countdown.ts';
import { TOAST_MS } from '../../ui/toasts.tsx';
import type { Item } from '../item.ts';

/** What is to be deleted. */
export interface Deletion {
  readonly eventId: () => string;
  readonly isHidden: (item: Item) => boolean;
  /** Whether it is known by which name the server has it: sent without that, it could take away another occurrence. */
  readonly isNamed: () => boolean;
  /** Sends it; `isLeaving` where the page goes away meanwhile. */
  readonly send: (isLeaving: boolean) => Promise<void>;
}

interface PendingDelete extends Deletion {
  /** Stops waiting. */
  readonly stop: () => void;
  /** Once it has been sent it cannot be undone any more, and is not sent again. */
  sent?: Promise<void>;
}

let pending: readonly PendingDelete[] = [];
const listeners = new Set<() => void>();

/** Deletes that can still be undone. What they take away is not shown any more. */
export function usePendingDeletes(): readonly Pick<Deletion, 'isHidden'>[] {
  return useSyncExternalStore(subscribe, () => pending);
}

/**
 * Hides items at once and deletes them when the time to undo it is over.
 * @returns what undoes it.
 */
export function deleteLater(deletion: Deletion, delayMs: number = TOAST_MS): () => void {
  const entry: PendingDelete = {
    ...deletion,
    stop: startCountdown(() => void finish(entry), delayMs),
  };
  set([...pending, entry]);
  return () => {
    if (entry.sent) return;
    entry.stop();
    set(pending.filter((other) => other !== entry));
  };
}

/** Deletes now what waits: a new event may be meant for the time that becomes free. */
export async function flushDeletes(): Promise<void> {
  await Promise.all(pending.map((entry) => finish(entry)));
}

/** Deletes now what waits of one event: whoever changes it means what is left. */
export async function flushDeletesOf(eventId: string): Promise<void> {
  const own = pending.filter((entry) => entry.eventId() === eventId);
  await Promise.all(own.map((entry) => finish(entry)));
}

/** What a delete hides goes by another name now: it is to be looked for anew. */
export function renewHidden(): void {
  set([...pending]);
}

function finish(entry: PendingDelete): Promise<void> {
  entry.sent ??= send(entry, false);
  return entry.sent;
}

async function send(entry: PendingDelete, isLeaving: boolean): Promise<void> {
  entry.stop();
  try {
    await entry.send(isLeaving);
  } finally {
    set(pending.filter((other) => other !== entry));
  }
}

function set(next: readonly PendingDelete[]): void {
  pending = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// What has been sent, but not answered, is broken off with the page and goes out again. A page may come back: what it
// could not send then is still to be deleted, what it has sent is not.
addEventListener('pagehide', () => {
  for (const entry of pending) {
    if (entry.isNamed()) entry.sent = send(entry, true);
  }
});
