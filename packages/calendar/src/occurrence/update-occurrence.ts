import type { CalendarContext } from '../context.ts';
import { ErrOccurrenceNotFound, ErrStaleEvent } from '../errors.ts';
import { changeFollowing } from '../event/change-following.ts';
import { checkEtag, type ExpectedEtags } from '../event/check-etag.ts';
import type { EventInput } from '../event/event-input.ts';
import type { AnsweredEvent, EventId, UserId } from '../event/event.ts';
import { findDivided, type FollowingChange } from '../event/find-divided.ts';
import { parseEventId, withConflicts } from '../event/get-event.ts';
import { calendarZone, presentOf, withDropped } from '../event/update-event.ts';
import { changeOccurrence } from './change-occurrence.ts';
import { explainRecurrence } from './explain-recurrence.ts';
import { answerOccurrence, parseRecurrenceId, requireOccurrence } from './find-occurrence.ts';
import type { OccurrenceTarget } from './occurrence-target.ts';

/**
 * Applies a merge patch (RFC 7396) to one occurrence, or to it and all that follow.
 *
 * `this` takes title, start, end, duration, description, location, notify_before and busy; null takes the
 * series' value again. It answers the occurrence as an event, as getOccurrence does.
 *
 * `following` takes what updateEvent takes: the series ends before the occurrence, and a new event
 * (`continues`, `continuedBy`) goes on from there; the new event is answered. At the first occurrence it
 * is a change of the whole series. What was changed of the occurrence itself gives way to the patch. Sent again, it
 * answers the event that it has made, as long as that is as the patch says.
 *
 * Of an event that does not repeat, `this` is as `following`: a change of the event.
 * @param expected the etags of the event that are accepted as current; an `etag` in the patch counts too.
 * @throws ErrEventNotFound, ErrOccurrenceNotFound, ErrInvalidEvent, ErrStaleEvent, ErrDateBusy.
 */
export async function updateOccurrence(
  context: CalendarContext,
  user: UserId,
  target: OccurrenceTarget,
  patch: EventInput,
  expected?: ExpectedEtags,
  signal?: AbortSignal,
): Promise<AnsweredEvent> {
  const id = parseEventId(target.event_id);
  const change = { user, id, recurrenceId: parseRecurrenceId(target.recurrence_id), patch, expected };
  return target.scope === 'this'
    ? updateThis(context, change, signal)
    : updateFollowing(context, change, signal);
}

interface Change extends FollowingChange {
  readonly expected: ExpectedEtags;
}

async function updateThis(
  context: CalendarContext,
  { user, id, recurrenceId, patch, expected }: Change,
  signal: AbortSignal | undefined,
): Promise<AnsweredEvent> {
  let answer: ReturnType<typeof changeOccurrence> | undefined;
  const event = await context.events.update(
    user,
    id,
    (current, overrides) => {
      checkEtag(current, expected);
      checkEtag(current, patch.etag ? [patch.etag] : undefined);
      const span = requireOccurrence(current, recurrenceId, overrides);
      answer = changeOccurrence(current, overrides, span, patch, presentOf(context));
      return answer.change;
    },
    signal,
  );
  const { span, changes } = answer as NonNullable<typeof answer>;
  return event.recurrence
    ? answerOccurrence(event, span, changes)
    : { ...event, recurrenceId: span.recurrenceId };
}

async function updateFollowing(
  context: CalendarContext,
  change: Change,
  signal: AbortSignal | undefined,
): Promise<AnsweredEvent> {
  try {
    return await divideSeries(context, change, signal);
  } catch (error) {
    // Where this is sent once more, the first time took the occurrence away and changed the etag.
    const mayBeDone = error instanceof ErrOccurrenceNotFound || error instanceof ErrStaleEvent;
    const done = mayBeDone ? await findDivided(context, change, signal) : undefined;
    if (!done) throw error;
    return withConflicts(context, done, signal);
  }
}

async function divideSeries(
  context: CalendarContext,
  { user, id, recurrenceId, patch, expected }: Change,
  signal: AbortSignal | undefined,
): Promise<AnsweredEvent> {
  const zone = patch.time_zone === null ? await calendarZone(context, user, id, signal) : undefined;
  const newId = context.newId() as EventId;
  let result: ReturnType<typeof changeFollowing> | undefined;
  const event = await context.events.update(
    user,
    id,
    (current, overrides) => {
      checkEtag(current, expected);
      checkEtag(current, patch.etag ? [patch.etag] : undefined);
      const span = requireOccurrence(current, recurrenceId, overrides);
      const defaultZone = zone ?? current.timeZone;
      const present = { newId, defaultZone, ...presentOf(context) };
      result = explainRecurrence(() => changeFollowing(current, overrides, span, patch, present));
      return result?.change;
    },
    signal,
  );
  const successor = result?.change.successor?.event;
  // Both halves are written in one step, so that they have one revision.
  const written = successor ? { ...successor, revision: event.revision } : event;
  return withDropped(await withConflicts(context, written, signal), result?.dropped ?? []);
}
