import { useSyncExternalStore } from 'react';
import { TOAST_MS } from '../../ui/toasts.tsx';
import type { Item } from '../item.ts';

interface PendingDelete {
  readonly isHidden: (item: Item) => boolean;
  readonly timer: ReturnType<typeof setTimeout>;
  /** Sends it; `isLeaving` where the page goes away meanwhile. */
  readonly send: (isLeaving: boolean) => Promise<void>;
}

let pending: readonly PendingDelete[] = [];
const listeners = new Set<() => void>();

/** Deletes that can still be undone. What they take away is not shown any more. */
export function usePendingDeletes(): readonly Pick<PendingDelete, 'isHidden'>[] {
  return useSyncExternalStore(subscribe, () => pending);
}

/**
 * Hides items at once and deletes them when the time to undo it is over.
 * @returns what undoes it.
 */
export function deleteLater(
  isHidden: PendingDelete['isHidden'],
  send: PendingDelete['send'],
  delayMs: number = TOAST_MS,
): () => void {
  const entry: PendingDelete = {
    isHidden,
    timer: setTimeout(() => void finish(entry, false), delayMs),
    send,
  };
  set([...pending, entry]);
  return () => {
    clearTimeout(entry.timer);
    set(pending.filter((other) => other !== entry));
  };
}

/** Deletes now what waits: a new event may be meant for the time that becomes free. */
export async function flushDeletes(isLeaving = false): Promise<void> {
  await Promise.all(pending.map((entry) => finish(entry, isLeaving)));
}

async function finish(entry: PendingDelete, isLeaving: boolean): Promise<void> {
  clearTimeout(entry.timer);
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

addEventListener('pagehide', () => void flushDeletes(true));
