import type { CalendarContext } from '../context.ts';
import { ErrEventNotFound } from '../errors.ts';
import type { AnsweredEvent, UserId } from '../event/event.ts';
import { parseEventId } from '../event/get-event.ts';
import { answerOccurrence, parseRecurrenceId, requireOccurrence } from './find-occurrence.ts';
import type { OccurrenceName } from './occurrence-target.ts';

/**
 * One occurrence of the user's event, as an event: with its own times and texts, `recurrenceId` set and
 * no recurrence.
 * @throws ErrEventNotFound, ErrOccurrenceNotFound ErrInvalidRequest (no recurrence id).
 */
export async function getOccurrence(
  context: CalendarContext,
  user: UserId,
  { event_id, recurrence_id }: OccurrenceName,
  signal?: AbortSignal,
): Promise<AnsweredEvent> {
  const id = parseEventId(event_id);
  const recurrenceId = parseRecurrenceId(recurrence_id);
  const stored = await context.events.getOccurrence(user, id, recurrenceId.value, signal);
  if (!stored) throw new ErrEventNotFound(id);
  const changed = stored.changes ? [{ recurrenceId: recurrenceId.value }] : [];
  const span = requireOccurrence(stored.event, recurrenceId, changed);
  return answerOccurrence(stored.event, span, stored.changes);
}
