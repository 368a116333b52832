import type { OccurrenceSpan } from '../occurrence/occurrence.ts';
import type { OccurrenceOverride } from '../occurrence/override.ts';
import type { TimeZoneId } from '../time/time-zone.ts';
import { applyPatch, replan, type Present } from './change-event.ts';
import type { EventInput } from './event-input.ts';
import type { ChangedEvent } from './event-store.ts';
import type { Event, EventId } from './event.ts';
import { continueSeries, isFirst, isFrom, truncateRecurrence } from './split-series.ts';

export interface ChangedFollowing {
  readonly change: ChangedEvent;
  /** As in AppliedChange. */
  readonly dropped: readonly string[];
}

/**
 * Applies a merge patch to an occurrence and all that follow. The series ends before it, and a new event
 * goes on from there with the patch applied. From the first occurrence on it is the whole series that changes.
 * @returns undefined where nothing changes.
 * @throws ErrInvalidEvent
 */
export function changeFollowing(
  current: Event,
  overrides: readonly OccurrenceOverride[],
  span: OccurrenceSpan,
  patch: EventInput,
  present: Present & { readonly newId: EventId; readonly defaultZone: TimeZoneId },
): ChangedFollowing | undefined {
  const { newId, defaultZone } = present;
  const isLater = isFrom(span);
  const mine = overrides.filter(isLater);
  const left = mine.flatMap((override) => giveWay(override, span, patch));
  const isWhole = isFirst(current, overrides, span);
  // A series that begins at this very occurrence needs no new DTSTART.
  const isAtStart = !current.recurrence || (isWhole && startsAt(current, span));
  const tail = isAtStart ? current : continueSeries(current, span);
  const hasGivenWay = left.length < mine.length || left.some((override, i) => override !== mine[i]);
  const applied = applyPatch(tail, left, patch, defaultZone, present, hasGivenWay);
  if (!applied) return undefined;
  const { planned, dropped } = applied;
  if (isWhole) return { change: planned, dropped };
  const head: Event = {
    ...current,
    recurrence: truncateRecurrence(current, span),
    sequence: current.sequence + 1,
    updatedAt: present.now,
    continuedBy: newId,
  };
  const earlier = overrides.filter((override) => !isLater(override));
  const successor = {
    ...planned,
    freshId: true,
    event: {
      ...planned.event,
      id: newId,
      uid: newId,
      sequence: 0,
      createdAt: present.now,
      continues: current.id,
    },
  };
  return { change: { ...replan(current, head, earlier, present), successor }, dropped };
}

function startsAt({ schedule }: Event, { start, recurrenceId }: OccurrenceSpan): boolean {
  return schedule.kind === 'timed' ? schedule.start === start : Date.parse(schedule.start) === recurrenceId;
}

/** What was changed of the occurrence itself gives way to what the patch says of it and the following. */
function giveWay(
  override: OccurrenceOverride,
  span: OccurrenceSpan,
  patch: EventInput,
): readonly OccurrenceOverride[] {
  if (override.recurrenceId !== span.recurrenceId) return [override];
  const patched = {
    title: patch.title,
    description: patch.description,
    location: patch.location,
    notifyBefore: patch.notify_before,
    busy: patch.busy,
    schedule: patch.start ?? patch.end ?? patch.duration,
  };
  const left = Object.entries(override.changes).filter(
    ([field]) => patched[field as keyof typeof patched] === undefined,
  );
  if (left.length === Object.keys(override.changes).length) return [override];
  if (left.length === 0) return [];
  return [{ ...override, changes: Object.fromEntries(left) }];
}
