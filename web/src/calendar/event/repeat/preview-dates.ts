import { createSeries, expand, parseRule, RecurrenceError } from '@daywatch/recurrence';
import { Temporal } from 'temporal-polyfill';
import type { RepeatStart } from './repeat.ts';

/** How far ahead a date may lie to be shown. */
const WINDOW_YEARS = 30;
const STEPS = 20_000;

/** The first dates on which a draft happens; none while it is incomplete. */
export function previewDates(
  draft: RepeatStart & { readonly rrule: string },
  count: number,
): readonly Temporal.PlainDate[] {
  try {
    const { isAllDay, startDate, startTime, zone, rrule } = draft;
    const rule = parseRule(rrule);
    const series = isAllDay
      ? createSeries({ dtstart: Temporal.PlainDate.from(startDate), rule })
      : createSeries({
          dtstart: Temporal.PlainDateTime.from(`${startDate}T${startTime}`),
          timeZone: zone,
          rule,
        });
    const from = Temporal.PlainDate.from(startDate).subtract({ days: 1 }).toZonedDateTime('UTC');
    const window = { from: from.toInstant(), to: from.add({ years: WINDOW_YEARS }).toInstant() };
    const dates: Temporal.PlainDate[] = [];
    for (const occurrence of expand(series, window, STEPS)) {
      dates.push(occurrence.date ?? occurrence.start.toPlainDate());
      if (dates.length === count) break;
    }
    return dates;
  } catch (error) {
    if (error instanceof RecurrenceError || error instanceof RangeError) return [];
    throw error;
  }
}
