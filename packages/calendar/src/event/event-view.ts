import { formatSchedule } from '../occurrence/occurrence.ts';
import { etagOf, type Event, type Recurrence } from './event.ts';

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
  readonly recurrence: Recurrence | null;
  readonly busy: boolean;
  readonly owner: string;
  readonly etag: string;
  readonly created_at: string;
  readonly updated_at: string;
}

export function toEventView(event: Event): EventView {
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
    recurrence: event.recurrence,
    busy: event.busy,
    owner: event.owner,
    etag: etagOf(event),
    created_at: new Date(event.createdAt).toISOString(),
    updated_at: new Date(event.updatedAt).toISOString(),
  };
}
