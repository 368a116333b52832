import { WEEKDAYS, type Weekday } from '@daywatch/recurrence';
import { Temporal } from 'temporal-polyfill';
import type { Draft } from '../draft.ts';
import { readRepeat, writeRepeat } from './repeat.ts';

/**
 * Takes the rule along when the start moves to another day: what was every Tuesday is every Wednesday then. A rule
 * that the form cannot say is left as it is.
 */
export function followStart(before: Draft, after: Draft): Draft {
  if (after.rrule === '' || after.rrule !== before.rrule || after.startDate === '') return after;
  const repeat = readRepeat(before.rrule, before);
  if (!repeat) return after;
  const days = Temporal.PlainDate.from(before.startDate).until(Temporal.PlainDate.from(after.startDate)).days;
  const weekdays = repeat.weekdays.map((day) => shift(day, days));
  return { ...after, rrule: writeRepeat({ ...repeat, weekdays }, after) };
}

function shift(weekday: Weekday, days: number): Weekday {
  const index = WEEKDAYS.indexOf(weekday) + days;
  return WEEKDAYS[((index % 7) + 7) % 7] ?? weekday;
}
