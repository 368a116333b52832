import type { CalendarContext } from '../context.ts';
import { replan, type Present } from '../event/change-event.ts';
import { checkEtag, type ExpectedEtags } from '../event/check-etag.ts';
import type { EventChange } from '../event/event-store.ts';
import type { Event, UserId } from '../event/event.ts';
import { parseEventId } from '../event/get-event.ts';
import { sortWallTimes } from '../event/parse-recurrence.ts';
import { isFirst, isFrom, truncateRecurrence } from '../event/split-series.ts';
import { presentOf } from '../event/update-event.ts';
import { explainRecurrence } from './explain-recurrence.ts';
import { parseRecurrenceId, requireOccurrence } from './find-occurrence.ts';
import type { OccurrenceSpan } from './occurrence.ts';
import type { OccurrenceTarget } from './occurrence-target.ts';
import { firstOccurrence } from './occurrences-of.ts';
import { wallTimeOf } from './original-start.ts';
import type { OccurrenceOverride } from './override.ts';

/**
 * Deletes one occurrence (`this`), or it and all that follow (`following`). Where nothing of the event
 * remains, the event is deleted.
 * @param expected the etags of the event that are accepted as current.
 * @throws ErrEventNotFound, ErrOccurrenceNotFound (also the second time), ErrStaleEvent.
 */
export async function deleteOccurrence(
  context: CalendarContext,
  user: UserId,
  { event_id, recurrence_id, scope }: OccurrenceTarget,
  expected?: ExpectedEtags,
  signal?: AbortSignal,
): Promise<void> {
  const id = parseEventId(event_id);
  const recurrenceId = parseRecurrenceId(recurrence_id);
  await context.events.update(
    user,
    id,
    (current, overrides) => {
      checkEtag(current, expected);
      const span = requireOccurrence(current, recurrenceId, overrides);
      const remove = scope === 'this' ? leaveOut : endBefore;
      return explainRecurrence(() => remove(current, overrides, span, presentOf(context)));
    },
    signal,
  );
}

/** An EXDATE leaves the occurrence out. */
function leaveOut(
  current: Event,
  overrides: readonly OccurrenceOverride[],
  span: OccurrenceSpan,
  present: Present,
): EventChange {
  const { recurrence, timeZone } = current;
  if (!recurrence) return 'delete';
  const exdates = sortWallTimes([...recurrence.exdates, wallTimeOf(current, span.recurrenceId)], timeZone);
  const next = changed(current, { ...recurrence, exdates }, present);
  const rest = overrides.filter(({ recurrenceId }) => recurrenceId !== span.recurrenceId);
  if (rest.length === 0 && !firstOccurrence(next)) return 'delete';
  return replan(current, next, rest, present);
}

function endBefore(
  current: Event,
  overrides: readonly OccurrenceOverride[],
  span: OccurrenceSpan,
  present: Present,
): EventChange {
  if (isFirst(current, overrides, span)) return 'delete';
  const next = changed(current, truncateRecurrence(current, span), present);
  const isLater = isFrom(span);
  return replan(
    current,
    next,
    overrides.filter((override) => !isLater(override)),
    present,
  );
}

function changed(current: Event, recurrence: Event['recurrence'], { now }: Present): Event {
  return { ...current, recurrence, sequence: current.sequence + 1, updatedAt: now };
}
