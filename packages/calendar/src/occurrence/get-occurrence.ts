import type { CalendarContext } from '../context.ts';
import type { AnsweredEvent, UserId } from '../event/event.ts';
import type { OccurrenceName } from './occurrence-target.ts';

/**
 * One occurrence of the user's event, as an event: with its own times and texts, `recurrenceId` set and
 * no recurrence.
 * @throws ErrEventNotFound, ErrOccurrenceNotFound (also for what is no recurrence id at all).
 */
export async function getOccurrence(
  _context: CalendarContext,
  _user: UserId,
  _name: OccurrenceName,
  _signal?: AbortSignal,
): Promise<AnsweredEvent> {
  throw new Error('to be written');
}
