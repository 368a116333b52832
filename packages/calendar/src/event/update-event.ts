import { requireCalendar } from '../calendar/resolve-calendar.ts';
import type { CalendarContext } from '../context.ts';
import { applyPatch, type Present } from './change-event.ts';
import { checkEtag, type ExpectedEtags } from './check-etag.ts';
import type { EventInput } from './event-input.ts';
import type { AnsweredEvent, UserId } from './event.ts';
import { getEvent, parseEventId, withConflicts } from './get-event.ts';

/**
 * Applies a merge patch (RFC 7396) to the user's event, of a series to all of it: what was changed of single
 * occurrences is kept where the new series has them. A patch that changes nothing writes nothing.
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
): Promise<AnsweredEvent> {
  const eventId = parseEventId(id);
  const defaultZone = patch.time_zone === null ? await calendarZone(context, user, id, signal) : undefined;
  let dropped: readonly string[] = [];
  const event = await context.events.update(
    user,
    eventId,
    (current, overrides) => {
      checkEtag(current, expected);
      checkEtag(current, patch.etag ? [patch.etag] : undefined);
      const zone = defaultZone ?? current.timeZone;
      const applied = applyPatch(current, overrides, patch, zone, presentOf(context));
      dropped = applied?.dropped ?? [];
      return applied?.planned;
    },
    signal,
  );
  return withDropped(await withConflicts(context, event, signal), dropped);
}

/** What clearing `time_zone` gives: the zone of the event's calendar. */
export async function calendarZone(
  context: CalendarContext,
  user: UserId,
  id: string,
  signal: AbortSignal | undefined,
) {
  const event = await getEvent(context, user, id, signal);
  return (await requireCalendar(context, user, event.calendarId, signal)).timeZone;
}

/** The present as a change sees it. */
export function presentOf(context: CalendarContext): Present {
  return { now: context.now() };
}

/** The event with the names of the changed occurrences that its change lost. */
export function withDropped(event: AnsweredEvent, dropped: readonly string[]): AnsweredEvent {
  return dropped.length === 0 ? event : { ...event, droppedOverrides: dropped };
}
