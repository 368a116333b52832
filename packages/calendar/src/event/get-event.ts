import type { CalendarContext } from '../context.ts';
import { ErrEventNotFound } from '../errors.ts';
import { abbreviate } from '../time/plain-date.ts';
import { isUuid } from '../uuid.ts';
import type { AnsweredEvent, Event, EventId, UserId } from './event.ts';

/**
 * The user's event.
 * @throws ErrEventNotFound, also for somebody else's event and for what is no id at all.
 */
export async function getEvent(
  context: CalendarContext,
  user: UserId,
  id: string,
  signal?: AbortSignal,
): Promise<AnsweredEvent> {
  const event = await context.events.get(user, parseEventId(id), signal);
  if (!event) throw new ErrEventNotFound(id);
  return withConflicts(context, event, signal);
}

/** The event with what it clashes with, which is asked for only where there is something. */
export async function withConflicts(
  context: CalendarContext,
  event: Event,
  signal: AbortSignal | undefined,
): Promise<AnsweredEvent> {
  if (!event.hasConflicts) return event;
  return { ...event, conflicts: await context.events.listConflicts(event.owner, event.id, signal) };
}

/** The id of a stored event. What is no id names no event. */
export function parseEventId(id: string): EventId {
  if (!isUuid(id)) throw new ErrEventNotFound(abbreviate(id));
  return id.toLowerCase() as EventId;
}
