import { formatRecurrenceId, formatSchedule, type BusyConflict } from '../occurrence/occurrence.ts';
import { formatWallTime, type WallTime } from '../time/wall-time.ts';
import { etagOf, type AnsweredEvent, type Event, type Recurrence } from './event.ts';

/** An event as the API answers it. */
export interface EventView {
  readonly id: string;
  readonly calendar_id: string;
  readonly uid: string;
  readonly sequence: number;
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly all_day: boolean;
  readonly time_zone: string;
  readonly description: string;
  readonly location: string;
  readonly notify_before: readonly string[];
  readonly recurrence: RecurrenceView | null;
  readonly busy: boolean;
  readonly owner: string;
  readonly etag: string;
  readonly created_at: string;
  readonly updated_at: string;
  /** Set where this is one occurrence of the event. */
  readonly recurrence_id: string | null;
  readonly conflicts: readonly ConflictView[];
  readonly dropped_overrides: readonly string[];
  readonly continues: string | null;
  readonly continued_by: string | null;
}

/** A recurrence as the API answers it: dates in the forms of `start`. */
export interface RecurrenceView {
  readonly rrule: string;
  readonly exdates: readonly string[];
  readonly rdates: readonly string[];
}

/** What an event clashes with, as the API answers it. */
export interface ConflictView {
  readonly event_id: string;
  readonly recurrence_id: string;
  readonly start: string;
  readonly end: string;
}

export function toEventView(event: AnsweredEvent): EventView {
  const { start, end } = formatSchedule(event.schedule, event.timeZone);
  return {
    id: event.id,
    calendar_id: event.calendarId,
    uid: event.uid,
    sequence: event.sequence,
    title: event.title,
    start,
    end,
    all_day: event.schedule.kind === 'all-day',
    time_zone: event.timeZone,
    description: event.description,
    location: event.location,
    notify_before: event.notifyBefore,
    recurrence: event.recurrence && toRecurrenceView(event.recurrence, event),
    busy: event.busy,
    owner: event.owner,
    etag: etagOf(event),
    created_at: new Date(event.createdAt).toISOString(),
    updated_at: new Date(event.updatedAt).toISOString(),
    recurrence_id:
      event.recurrenceId === undefined ? null : formatRecurrenceId(event.recurrenceId, event.schedule.kind),
    conflicts: (event.conflicts ?? []).map(toConflictView),
    dropped_overrides: event.droppedOverrides ?? [],
    continues: event.continues ?? null,
    continued_by: event.continuedBy ?? null,
  };
}

export function toRecurrenceView(
  { rrule, exdates, rdates }: Recurrence,
  { timeZone }: Pick<Event, 'timeZone'>,
): RecurrenceView {
  const format = (wall: WallTime): string => formatWallTime(timeZone, wall);
  return { rrule, exdates: exdates.map(format), rdates: rdates.map(format) };
}

export function toConflictView({ eventId, recurrenceId, start, end }: BusyConflict): ConflictView {
  return { event_id: eventId, recurrence_id: recurrenceId, start, end };
}
