import { resolveCalendar } from '../calendar/resolve-calendar.ts';
import type { CalendarContext } from '../context.ts';
import { ErrEventExists, ErrInvalidEvent } from '../errors.ts';
import { planOccurrences } from '../occurrence/plan-occurrences.ts';
import { parseUuid } from '../uuid.ts';
import type { EventInput } from './event-input.ts';
import { sameContent, type Event, type EventDraft, type EventId, type UserId } from './event.ts';
import { parseNewEvent } from './parse-event.ts';

/**
 * Creates an event of the user. Creating again with the same client-supplied id answers the stored
 * event when the content is equal.
 * @throws ErrInvalidEvent, ErrDateBusy, ErrEventExists (the id with other content, or the uid),
 * ErrCalendarNotFound.
 */
export async function createEvent(
  context: CalendarContext,
  user: UserId,
  input: EventInput,
  signal?: AbortSignal,
): Promise<Event> {
  const id = parseId(input.id) ?? (context.newId() as EventId);
  const calendar = await resolveCalendar(context, user, input.calendar_id, signal);
  const content = parseNewEvent(input, { calendarId: calendar.id, uid: id, timeZone: calendar.timeZone });
  const now = context.now();
  const event: EventDraft = { ...content, id, owner: user, sequence: 0, createdAt: now, updatedAt: now };
  const result = await context.events.add({ event, occurrences: planOccurrences(event) }, signal);
  if (result.kind === 'exists' && !sameContent(result.event, content)) throw new ErrEventExists('id', id);
  return result.event;
}

function parseId(given: string | null | undefined): EventId | undefined {
  if (given == null || given === '') return undefined;
  try {
    return parseUuid(given) as EventId;
  } catch (error) {
    if (error instanceof RangeError) throw new ErrInvalidEvent([{ field: 'id', description: error.message }]);
    throw error;
  }
}
