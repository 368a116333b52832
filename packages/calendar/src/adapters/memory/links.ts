import type { Event, EventId } from '../../event/event.ts';
import type { MemoryState } from './memory-state.ts';

/** Links the event after a divided series with the new half before it. */
export function linkSuccessor(state: MemoryState, head: Event, successor: Event): void {
  const after = eventOf(state, head, successor.continuedBy);
  if (after?.continues !== head.id) return;
  replace(state, { ...after, continues: successor.id, revision: successor.revision });
}

/** Links the events around one that goes with each other. */
export function closeGap(state: MemoryState, gone: Event, revision: number): void {
  const before = eventOf(state, gone, gone.continues);
  const after = eventOf(state, gone, gone.continuedBy);
  if (before?.continuedBy === gone.id) {
    const { continuedBy: _, ...rest } = before;
    replace(state, { ...rest, revision, ...(gone.continuedBy && { continuedBy: gone.continuedBy }) });
  }
  if (after?.continues === gone.id) {
    const { continues: _, ...rest } = after;
    replace(state, { ...rest, revision, ...(gone.continues && { continues: gone.continues }) });
  }
}

function eventOf(
  state: MemoryState,
  { owner, calendarId }: Event,
  id: EventId | undefined,
): Event | undefined {
  const found = id === undefined ? undefined : state.eventsOf(owner).get(id)?.event;
  return found?.calendarId === calendarId ? found : undefined;
}

function replace(state: MemoryState, event: Event): void {
  const events = state.eventsOf(event.owner);
  const stored = events.get(event.id);
  if (stored) events.set(event.id, { ...stored, event });
}
