import { WEEKDAYS, type Weekday } from '@daywatch/recurrence';
import { Temporal } from 'temporal-polyfill';
import { readRepeat, writeRepeat, type RepeatStart } from './repeat.ts';

/** A rule, and the start that it was said of. */
export interface SaidRule {
  readonly rrule: string;
  readonly start: RepeatStart;
}

/**
 * The rule as it is of another start: what was every Tuesday is every Wednesday then. One that the form cannot say, or
 * that means the same there, is left as it is.
 */
export function followStart({ rrule, start }: SaidRule, to: RepeatStart): string {
  if (rrule === '' || to.startDate === '') return rrule;
  const repeat = readRepeat(rrule, start);
  if (!repeat) return rrule;
  const days = Temporal.PlainDate.from(start.startDate).until(Temporal.PlainDate.from(to.startDate)).days;
  const weekdays = repeat.weekdays.map((day) => shift(day, days));
  const moved = writeRepeat({ ...repeat, weekdays }, to);
  return moved === writeRepeat(repeat, start) ? rrule : moved;
}

function shift(weekday: Weekday, days: number): Weekday {
  const index = WEEKDAYS.indexOf(weekday) + days;
  return WEEKDAYS[((index % 7) + 7) % 7] ?? weekday;
}
