import type { OwnerState } from '../../../changes/change-log.ts';
import type { Watcher } from '../../../changes/change-watch.ts';

interface WriteOptions {
  /** After so long without a change the stream says that it is alive. */
  readonly aliveMs: number;
  /** Asked before anything is said; where it says no, the stream ends. */
  readonly isStillAdmitted: () => Promise<boolean>;
}

/** How long a browser waits before it connects again. */
const RETRY_MS = 1000;

/**
 * What a watcher is told, as server-sent events. Each is made when the connection can take it, of what is the latest
 * then: a slow reader costs no memory.
 */
export async function* writeChanges(
  watcher: Watcher,
  { aliveMs, isStillAdmitted }: WriteOptions,
): AsyncGenerator<string> {
  let told: OwnerState | undefined;
  try {
    yield `retry: ${RETRY_MS}\n\n`;
    for (;;) {
      const state = await watcher.next(aliveMs);
      if (watcher.isOver() || !(await isStillAdmitted())) return;
      if (state) yield* describe(state, told);
      else yield formatEvent('alive', {});
      told = state ?? told;
    }
  } finally {
    watcher.close();
  }
}

function* describe(state: OwnerState, before: OwnerState | undefined): Generator<string> {
  const { calendars, reminders } = state;
  if (!before || JSON.stringify(calendars) !== JSON.stringify(before.calendars)) {
    yield formatEvent('calendars', { calendars });
  }
  // Whoever has just come asks for the reminders anyway.
  if (before && reminders !== before.reminders) yield formatEvent('reminders', {});
}

function formatEvent(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
