import { createSeries, expand, parseRule, RecurrenceError } from '@daywatch/recurrence';
import { Temporal } from 'temporal-polyfill';
import type { SaidRule } from './follow-start.ts';
import { partOf, wallOf, type ShownOccurrence } from './series-part.ts';

/** How far ahead a date may lie to be shown. */
const WINDOW_YEARS = 30;
const STEPS = 20_000;

/**
 * The next dates by a rule, its start among them; none while it is incomplete.
 * @param shown the occurrence of a series that they begin with, if it is one.
 */
export function previewDates(
  rule: SaidRule,
  count: number,
  shown?: ShownOccurrence,
): readonly Temporal.PlainDate[] {
  try {
    const { isAllDay } = rule.start;
    const start = wallOf(rule.start);
    const part = (shown && partOf(shown, rule)) ?? { dtstart: start, exdates: [], rdates: [], first: start };
    const timeZone = isAllDay ? 'UTC' : rule.start.zone;
    const value = (wall: Temporal.PlainDateTime) => (isAllDay ? wall.toPlainDate() : wall);
    const series = createSeries({
      dtstart: value(part.dtstart),
      timeZone,
      rule: parseRule(rule.rrule),
      exdates: part.exdates.map(value),
      rdates: part.rdates.map(value),
    });
    const from = part.first.toZonedDateTime(timeZone);
    const window = { from: from.toInstant(), to: from.add({ years: WINDOW_YEARS }).toInstant() };
    const dates: Temporal.PlainDate[] = [];
    for (const { instant, date, start: at } of expand(series, window, STEPS)) {
      // The occurrence itself may lie on another day than the rule has it.
      const isShown = shown !== undefined && instant.equals(window.from);
      dates.push(isShown ? Temporal.PlainDate.from(shown.day) : (date ?? at.toPlainDate()));
      if (dates.length === count) break;
    }
    return dates.toSorted((a, b) => Temporal.PlainDate.compare(a, b));
  } catch (error) {
    if (error instanceof RecurrenceError || error instanceof RangeError) return [];
    throw error;
  }
}
