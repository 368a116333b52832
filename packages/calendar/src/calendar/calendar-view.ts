import type { Calendar } from './calendar.ts';

/** A calendar as the API answers it. */
export interface CalendarView {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  readonly time_zone: string;
  readonly revision: number;
  readonly default: boolean;
}

export function toCalendarView(calendar: Calendar): CalendarView {
  return {
    id: calendar.id,
    owner: calendar.owner,
    name: calendar.name,
    time_zone: calendar.timeZone,
    revision: calendar.revision,
    default: calendar.isDefault,
  };
}
