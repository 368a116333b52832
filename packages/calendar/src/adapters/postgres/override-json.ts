import type { EventDraft, Schedule } from '../../event/event.ts';
import { wallTimeOf } from '../../occurrence/original-start.ts';
import type { OccurrenceChanges, PlannedOccurrence } from '../../occurrence/override.ts';
import type { Interval } from '../../time/instant.ts';
import type { PlainDate } from '../../time/plain-date.ts';
import type { TimeZoneId } from '../../time/time-zone.ts';
import { toWallTime, type WallTime } from '../../time/wall-time.ts';

/** The column occurrences.override: the changed fields, and the wall-clock times that instants follow from. */
export interface OverrideJson {
  /** Of the original start. */
  readonly original_local: WallTime;
  /** Both or neither. */
  readonly starts_local?: WallTime;
  readonly ends_local?: WallTime;
  readonly title?: string;
  readonly description?: string;
  readonly location?: string;
  readonly notify_before?: readonly string[];
  readonly busy?: boolean;
}

export function toOverrideJson(
  event: EventDraft,
  { recurrenceId, changes }: PlannedOccurrence,
): string | null {
  if (!changes) return null;
  const { schedule, notifyBefore, ...texts } = changes;
  const json: OverrideJson = {
    original_local: wallTimeOf(event, recurrenceId),
    ...(schedule && localTimes(schedule, event.timeZone)),
    ...texts,
    ...(notifyBefore && { notify_before: notifyBefore }),
  };
  return JSON.stringify(json);
}

/** @param span when the occurrence is: what its instants are. */
export function toChanges(json: OverrideJson, isAllDay: boolean, span: Interval): OccurrenceChanges {
  const { original_local: _, starts_local, ends_local, notify_before, ...texts } = json;
  return {
    ...texts,
    ...(starts_local && ends_local && { schedule: toSchedule(isAllDay, starts_local, ends_local, span) }),
    ...(notify_before && { notifyBefore: notify_before }),
  };
}

function localTimes(schedule: Schedule, zone: TimeZoneId): Pick<OverrideJson, 'starts_local' | 'ends_local'> {
  return schedule.kind === 'all-day'
    ? {
        starts_local: schedule.start as string as WallTime,
        ends_local: schedule.end as string as WallTime,
      }
    : { starts_local: toWallTime(zone, schedule.start), ends_local: toWallTime(zone, schedule.end) };
}

function toSchedule(isAllDay: boolean, start: WallTime, end: WallTime, span: Interval): Schedule {
  return isAllDay
    ? { kind: 'all-day', start: start as string as PlainDate, end: end as string as PlainDate }
    : { kind: 'timed', start: span.start, end: span.end };
}
