import type { CalendarContext } from '../context.ts';
import type { ExpectedEtags } from '../event/check-etag.ts';
import type { EventInput } from '../event/event-input.ts';
import type { AnsweredEvent, UserId } from '../event/event.ts';
import type { OccurrenceTarget } from './occurrence-target.ts';

/**
 * Applies a merge patch (RFC 7396) to one occurrence, or to it and all that follow.
 *
 * `this` takes title, start, end, duration, description, location, notify_before and busy; null takes the
 * series' value again. It answers the occurrence as an event, as getOccurrence does.
 *
 * `following` takes what updateEvent takes: the series ends before the occurrence, and a new event
 * (`continues`, `continuedBy`) goes on from there; the new event is answered. At the first occurrence it
 * is a change of the whole series.
 *
 * An event that does not repeat has one occurrence: changing that is changing the event.
 * @param expected the etags of the event that are accepted as current; an `etag` in the patch counts too.
 * @throws ErrEventNotFound, ErrOccurrenceNotFound, ErrInvalidEvent, ErrStaleEvent, ErrDateBusy.
 */
export async function updateOccurrence(
  _context: CalendarContext,
  _user: UserId,
  _target: OccurrenceTarget,
  _patch: EventInput,
  _expected?: ExpectedEtags,
  _signal?: AbortSignal,
): Promise<AnsweredEvent> {
  throw new Error('to be written');
}
