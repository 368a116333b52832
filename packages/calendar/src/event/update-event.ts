import { requireCalendar } from '../calendar/resolve-calendar.ts';
import type { CalendarContext } from '../context.ts';
import { planOccurrences } from '../occurrence/plan-occurrences.ts';
import { checkEtag, type ExpectedEtags } from './check-etag.ts';
import type { EventInput } from './event-input.ts';
import { sameContent, sameSchedule, type Event, type EventContent, type UserId } from './event.ts';
import { getEvent, parseEventId } from './get-event.ts';
import { parseEventPatch } from './parse-event.ts';

/**
 * Applies a merge patch (RFC 7396) to the user's event. A patch that changes nothing writes nothing.
 * @param expected the etags that are accepted as current; an `etag` in the patch counts too.
 * @throws ErrEventNotFound, ErrInvalidEvent, ErrStaleEvent, ErrDateBusy.
 */
export async function updateEvent(
  context: CalendarContext,
  user: UserId,
  id: string,
  patch: EventInput,
  expected?: ExpectedEtags,
  signal?: AbortSignal,
): Promise<Event> {
  const eventId = parseEventId(id);
  const defaultZone = patch.time_zone === null ? await calendarZone(context, user, id, signal) : undefined;
  return context.events.update(
    user,
    eventId,
    (current) => {
      checkEtag(current, expected);
      checkEtag(current, patch.etag ? [patch.etag] : undefined);
      const content = parseEventPatch(patch, current, defaultZone ?? current.timeZone);
      if (sameContent(content, current)) return undefined;
      const sequence = current.sequence + (isMoved(current, content) ? 1 : 0);
      const event = { ...current, ...content, sequence, updatedAt: context.now() };
      return { event, occurrences: planOccurrences(event) };
    },
    signal,
  );
}

/** What clearing `time_zone` gives: the zone of the event's calendar. */
async function calendarZone(
  context: CalendarContext,
  user: UserId,
  id: string,
  signal: AbortSignal | undefined,
) {
  const event = await getEvent(context, user, id, signal);
  return (await requireCalendar(context, user, event.calendarId, signal)).timeZone;
}

function isMoved(before: EventContent, after: EventContent): boolean {
  return !sameSchedule(before.schedule, after.schedule) || before.timeZone !== after.timeZone;
}
