import { WEEKDAYS, type Weekday } from '@daywatch/recurrence';
import { Temporal } from 'temporal-polyfill';
import { readRepeat, writeRepeat, type RepeatEnd, type RepeatStart } from './repeat.ts';

/** A rule, and the start that it was said of. */
export interface SaidRule {
  readonly rrule: string;
  readonly start: RepeatStart;
}

/**
 * The rule as it is of another start: what was every Tuesday is every Wednesday then, and its last day is as much later.
 * One that the form cannot say, or that means the same there, is left as it is.
 */
export function followStart({ rrule, start }: SaidRule, to: RepeatStart): string {
  if (rrule === '' || to.startDate === '') return rrule;
  const repeat = readRepeat(rrule, start);
  if (!repeat) return rrule;
  const days = Temporal.PlainDate.from(start.startDate).until(to.startDate).days;
  const weekdays = repeat.weekdays.map((day) => shift(day, days));
  const moved = writeRepeat({ ...repeat, weekdays, end: shiftEnd(repeat.end, days) }, to);
  return moved === writeRepeat(repeat, start) ? rrule : moved;
}

function shift(weekday: Weekday, days: number): Weekday {
  const index = WEEKDAYS.indexOf(weekday) + days;
  return WEEKDAYS[((index % 7) + 7) % 7] ?? weekday;
}

function shiftEnd(end: RepeatEnd, days: number): RepeatEnd {
  if (end.kind !== 'until') return end;
  return { ...end, date: Temporal.PlainDate.from(end.date).add({ days }).toString() };
}
