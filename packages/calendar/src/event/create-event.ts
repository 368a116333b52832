import { draftDefault, findCalendar } from '../calendar/resolve-calendar.ts';
import type { CalendarContext } from '../context.ts';
import { ErrEventExists, ErrInvalidEvent } from '../errors.ts';
import { horizonOf } from '../occurrence/horizon.ts';
import { planOccurrences } from '../occurrence/plan-occurrences.ts';
import { parseChosenId } from '../uuid.ts';
import type { EventInput } from './event-input.ts';
import { sameContent, type AnsweredEvent, type EventDraft, type EventId, type UserId } from './event.ts';
import { withConflicts } from './get-event.ts';
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
): Promise<AnsweredEvent> {
  const givenId = parseChosenId(input.id, (violations) => new ErrInvalidEvent(violations));
  const id = (givenId ?? context.newId()) as EventId;
  const found = await findCalendar(context, user, input.calendar_id, signal);
  const home = found ?? draftDefault(context, user);
  const parsed = parseNewEvent(input, { calendarId: home.id, uid: id, timeZone: home.timeZone });
  // A new user's calendar is stored only once the event is known to be good: a refusal changes nothing.
  const calendar = found ?? (await context.calendars.ensureDefault(home, signal));
  const content = { ...parsed, calendarId: calendar.id };
  const now = context.now();
  const event: EventDraft = { ...content, id, owner: user, sequence: 0, createdAt: now, updatedAt: now };
  const planned = { ...planOccurrences(event, [], horizonOf(event, now)), freshId: givenId === undefined };
  const result = await context.events.add(planned, signal);
  if (result.kind === 'exists' && !sameContent(result.event, content)) throw new ErrEventExists('id', id);
  return withConflicts(context, result.event, signal);
}
