import {
  parseRule,
  RecurrenceError,
  WEEKDAYS,
  type RecurrenceRule,
  type Weekday,
} from '@daywatch/recurrence';
import { Temporal } from 'temporal-polyfill';

/** How an event repeats, as far as the form can say it. */
export interface Repeat {
  readonly freq: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval: number;
  /** Of a week; the day of the start when empty. */
  readonly weekdays: readonly Weekday[];
  /** Of a month: its day by number, the weekday by its place, or the last such weekday. */
  readonly monthly: 'day' | 'nth' | 'last';
  readonly end: RepeatEnd;
}

export type RepeatEnd =
  | { readonly kind: 'never' }
  | { readonly kind: 'count'; readonly count: number }
  /** The last day, in the zone of the event. */
  | { readonly kind: 'until'; readonly date: string };

/** Where an event begins, which a rule leaves to it. */
export interface RepeatStart {
  readonly startDate: string;
  readonly startTime: string;
  readonly isAllDay: boolean;
  readonly zone: string;
}

export function weekdayOf(date: string): Weekday {
  return WEEKDAYS[Temporal.PlainDate.from(date).dayOfWeek - 1] ?? 'MO';
}

export function nthOf(date: string): number {
  return Math.ceil(Temporal.PlainDate.from(date).day / 7);
}

/** Spells the rule (RFC 5545). */
export function writeRepeat(repeat: Repeat, start: RepeatStart): string {
  const { freq, interval, weekdays, monthly, end } = repeat;
  const parts = [`FREQ=${freq}`];
  if (interval > 1) parts.push(`INTERVAL=${interval}`);
  if (freq === 'WEEKLY' && weekdays.length > 0) {
    parts.push(`BYDAY=${WEEKDAYS.filter((day) => weekdays.includes(day)).join(',')}`);
  }
  const weekday = weekdayOf(start.startDate);
  if (freq === 'MONTHLY' && monthly === 'nth') parts.push(`BYDAY=${nthOf(start.startDate)}${weekday}`);
  if (freq === 'MONTHLY' && monthly === 'last') parts.push(`BYDAY=-1${weekday}`);
  if (end.kind === 'count') parts.push(`COUNT=${end.count}`);
  if (end.kind === 'until') parts.push(`UNTIL=${writeUntil(end.date, start)}`);
  return parts.join(';');
}

/** Reads a rule that the form can say; undefined for one that is richer, which is kept as it is. */
export function readRepeat(rrule: string, start: RepeatStart): Repeat | undefined {
  const rule = parse(rrule);
  if (!rule || !isPlain(rule)) return undefined;
  const { freq, interval, byDay, bound } = rule;
  if (freq !== 'DAILY' && freq !== 'WEEKLY' && freq !== 'MONTHLY' && freq !== 'YEARLY') return undefined;
  const repeat: Repeat = {
    freq,
    interval,
    weekdays: freq === 'WEEKLY' ? byDay.map(({ weekday }) => weekday) : [],
    monthly: byDay.some(({ ordinal }) => ordinal === -1) ? 'last' : byDay.length > 0 ? 'nth' : 'day',
    end:
      bound.kind === 'count'
        ? bound
        : bound.kind === 'never'
          ? bound
          : { kind: 'until', date: readUntil(bound.until, start) },
  };
  // What the form would write must mean the same: a month's second Tuesday is not said of a start on a Friday.
  const written = parse(writeRepeat(repeat, start));
  const isSame = JSON.stringify(withoutBound(written)) === JSON.stringify(withoutBound(rule));
  return isSame ? repeat : undefined;
}

function parse(rrule: string): RecurrenceRule | undefined {
  try {
    return parseRule(rrule);
  } catch (error) {
    if (error instanceof RecurrenceError) return undefined;
    throw error;
  }
}

function isPlain(rule: RecurrenceRule): boolean {
  const { bySecond, byMinute, byHour, byMonthDay, byYearDay, byWeekNo, byMonth, bySetPos } = rule;
  const others = [bySecond, byMinute, byHour, byMonthDay, byYearDay, byWeekNo, byMonth, bySetPos];
  return others.every((list) => list.length === 0) && rule.skip === 'OMIT' && rule.weekStart === 'MO';
}

function withoutBound(rule: RecurrenceRule | undefined): unknown {
  return { ...rule, bound: undefined };
}

/** The whole of the last day counts: UNTIL is its last second, in UTC as RFC 5545 wants it of timed events. */
function writeUntil(date: string, { isAllDay, zone }: RepeatStart): string {
  if (isAllDay) return date.replaceAll('-', '');
  const end = Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(zone).subtract({ seconds: 1 });
  return end
    .toInstant()
    .toString()
    .replaceAll(/[-:]|\.\d+/g, '');
}

/** The last day on which it can begin: one that is to begin after the hour of UNTIL does not take place that day. */
function readUntil(
  until: { readonly kind: string; readonly seconds: number },
  { startTime, zone }: RepeatStart,
): string {
  const instant = Temporal.Instant.fromEpochMilliseconds(until.seconds * 1000);
  if (until.kind !== 'utc') return instant.toZonedDateTimeISO('UTC').toPlainDate().toString();
  const end = instant.toZonedDateTimeISO(zone).toPlainDateTime();
  const isOver = startTime !== '' && Temporal.PlainTime.compare(end.toPlainTime(), startTime) < 0;
  return end
    .toPlainDate()
    .subtract({ days: isOver ? 1 : 0 })
    .toString();
}
