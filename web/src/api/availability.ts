import { useSyncExternalStore } from 'react';

let isAway = false;
const listeners = new Set<() => void>();

/** Whether the last request got no answer. */
export function useIsAway(): boolean {
  return useSyncExternalStore(subscribe, () => isAway);
}

/** Resolves as soon as the last request was answered, at once where it was. */
export async function untilThere(): Promise<void> {
  if (!isAway) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const unsubscribe = subscribe(resolve);
  await promise;
  unsubscribe();
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
