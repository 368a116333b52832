import { formatRecurrenceId, formatSchedule, type Occurrence } from './occurrence.ts';

/** An occurrence as the API lists it. */
export interface OccurrenceView {
  readonly event_id: string;
  readonly recurrence_id: string;
  readonly calendar_id: string;
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly all_day: boolean;
  readonly time_zone: string;
  readonly busy: boolean;
  readonly location: string;
  readonly recurring: boolean;
  readonly overridden: boolean;
}

export function toOccurrenceView(occurrence: Occurrence): OccurrenceView {
  const { schedule, timeZone } = occurrence;
  const { start, end } = formatSchedule(schedule, timeZone);
  return {
    event_id: occurrence.eventId,
    recurrence_id: formatRecurrenceId(occurrence.recurrenceId, schedule.kind),
    calendar_id: occurrence.calendarId,
    title: occurrence.title,
    start,
    end,
    all_day: schedule.kind === 'all-day',
    time_zone: timeZone,
    busy: occurrence.busy,
    location: occurrence.location,
    recurring: occurrence.recurring,
    overridden: occurrence.overridden,
  };
}
