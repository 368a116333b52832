import { useSyncExternalStore } from 'react';

let isAway = false;
const listeners = new Set<() => void>();

/** Whether the last request got no answer. */
export function useIsAway(): boolean {
  return useSyncExternalStore(subscribe, () => isAway);
}

export function reportAway<E>(error: E): E {
  set(true);
  return error;
}

export function reportThere(): void {
  set(false);
}

function set(value: boolean): void {
  if (isAway === value) return;
  isAway = value;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
