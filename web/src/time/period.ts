import type { Temporal } from 'temporal-polyfill';

/** The ways to look at the calendar. */
export const VIEWS = ['month', 'week', 'day', 'agenda'] as const;
export type View = (typeof VIEWS)[number];

/** How many days ahead the agenda looks. */
const AGENDA_DAYS = 30;

/** The first day that a view shows, and how many. A month is always six weeks, so that nothing jumps. */
export function findPeriod(
  view: View,
  date: Temporal.PlainDate,
  weekStart: number,
): { readonly first: Temporal.PlainDate; readonly count: number } {
  switch (view) {
    case 'month':
      return { first: startOfWeek(date.with({ day: 1 }), weekStart), count: 42 };
    case 'week':
      return { first: startOfWeek(date, weekStart), count: 7 };
    case 'day':
      return { first: date, count: 1 };
    case 'agenda':
      return { first: date, count: AGENDA_DAYS };
    default:
      return view satisfies never;
  }
}

/** @param weekStart 1 is Monday, 7 is Sunday, as in ISO 8601. */
function startOfWeek(date: Temporal.PlainDate, weekStart: number): Temporal.PlainDate {
  return date.subtract({ days: (date.dayOfWeek - weekStart + 7) % 7 });
}

/** The date that the next or the previous period is looked at from. */
export function stepPeriod(view: View, date: Temporal.PlainDate, steps: number): Temporal.PlainDate {
  switch (view) {
    case 'month':
      return date.add({ months: steps });
    case 'week':
      return date.add({ weeks: steps });
    case 'day':
      return date.add({ days: steps });
    case 'agenda':
      return date.add({ days: steps * AGENDA_DAYS });
    default:
      return view satisfies never;
  }
}
