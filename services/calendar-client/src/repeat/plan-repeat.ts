import { formatRule, parseRule, RecurrenceError, type RecurrenceRule } from '@daywatch/recurrence';
import { Temporal } from 'temporal-polyfill';
import { UsageError } from '../failure.ts';
import { dateOf, parseWhen } from '../time/parse-when.ts';
import { readClockTime } from '../time/clock-time.ts';
import { formatDay } from '../time/format-time.ts';
import { createTokenReader } from '../time/token-reader.ts';
import { parseEvery, parseLastDay, parseOn } from './parse-every.ts';
import { firstDayOf, toRule, type RhythmEnd } from './rhythm.ts';

/** What was typed about repeating. */
export interface TypedRepeat {
  readonly every?: readonly string[] | undefined;
  readonly on?: readonly string[] | undefined;
  readonly rrule?: string | undefined;
  /** The last day, where `--until` names one. */
  readonly until?: string | undefined;
  readonly times?: string | undefined;
}

/** A rule for the server, and what the person should know about it. */
export interface PlannedRepeat {
  readonly rrule: string;
  /** The first day of the series: the first from the wished one on that the rhythm has. */
  readonly first: Temporal.PlainDate;
  readonly notes: readonly string[];
}

/** Where the series begins, on the wall clock of its zone. */
export interface RepeatStart {
  readonly date: Temporal.PlainDate;
  readonly zone: string;
  readonly isAllDay: boolean;
}

/**
 * Puts together how something repeats; undefined where nothing is said of it.
 * @param current the rule that it has already: its end alone may be changed.
 * @throws UnclearTime, UsageError
 */
export function planRepeat(
  typed: TypedRepeat,
  start: RepeatStart,
  current?: string,
): PlannedRepeat | undefined {
  const { every, on, rrule, until, times } = typed;
  if (rrule !== undefined) {
    if (every ?? on ?? until ?? times)
      throw new UsageError('--rrule says all about repeating; leave out --every, --on and --times');
    return { rrule: formatRule(readRule(rrule)), first: start.date, notes: [] };
  }
  if (every === undefined) {
    if (on !== undefined) throw new UsageError('--on needs --every, such as --every week --on tue,thu');
    if (until === undefined && times === undefined) return undefined;
    if (current === undefined)
      throw new UsageError(`${times ? '--times' : 'the day of --until'} needs --every, such as --every week`);
    const end = readEnd(typed, undefined, start.date);
    return { rrule: withEnd(readRule(current), end, start), first: start.date, notes: [] };
  }
  const phrase = parseEvery(every.join(' '), start.date);
  const rhythm = on === undefined ? phrase.rhythm : parseOn(on.join(' '), phrase.rhythm);
  const first = firstDayOf(rhythm, start.date);
  const rule = readRule(toRule(rhythm, first));
  const notes = first.equals(start.date) ? [] : [`the first day of these is ${formatDay(first)}`];
  if (
    rhythm.unit === 'month' &&
    rhythm.numbered.length === 0 &&
    first.day > 28 &&
    !rhythm.monthDays.includes(-1)
  )
    notes.push(`months without a day ${first.day} are left out; --on "last day" takes the last of each`);
  if (rhythm.unit === 'year' && first.month === 2 && first.day === 29)
    notes.push('years without a 29 February are left out');
  return { rrule: withEnd(rule, readEnd(typed, phrase.end, first), start), first, notes };
}

/** Whether `--until` names a time of day alone, which ends the event and not its repetition. */
export function isClockTime(text: string): boolean {
  const reader = createTokenReader(text);
  try {
    return readClockTime(reader) !== undefined && reader.isAtEnd();
  } catch {
    return false;
  }
}

/** @throws UsageError that says what is wrong with the rule. */
function readRule(text: string): RecurrenceRule {
  try {
    return parseRule(text.trim().replace(/^rrule:/i, ''));
  } catch (error) {
    if (error instanceof RecurrenceError) throw new UsageError(`--rrule: ${error.message}`);
    throw error;
  }
}

function readEnd(
  { until, times }: TypedRepeat,
  said: RhythmEnd | undefined,
  first: Temporal.PlainDate,
): RhythmEnd | undefined {
  if ([until, times, said].filter((end) => end !== undefined).length > 1)
    throw new UsageError('the end of the repetition is given twice; take one of --until and --times');
  if (times !== undefined) {
    if (/^\d{1,6}$/.test(times) && Number(times) > 0) return { kind: 'times', times: Number(times) };
    throw new UsageError(`--times: '${times}' is not allowed; allowed is how many times in all, from 1 on`);
  }
  const end = until === undefined ? said : ({ kind: 'until', date: parseLastDay(until, first) } as const);
  if (end?.kind === 'until' && Temporal.PlainDate.compare(end.date, first) < 0)
    throw new UsageError(`the last day, ${formatDay(end.date)}, is before the first, ${formatDay(first)}`);
  return end;
}

/** The last day counts to its end, on the clock of the series' zone (RFC 5545: UNTIL is in UTC, and inclusive). */
function withEnd(rule: RecurrenceRule, end: RhythmEnd | undefined, { zone, isAllDay }: RepeatStart): string {
  const endless = formatRule({ ...rule, bound: { kind: 'never' } });
  if (end === undefined) return formatRule(rule);
  if (end.kind === 'times') return formatRule(readRule(`${endless};COUNT=${end.times}`));
  const day = end.date.toString().replaceAll('-', '');
  if (isAllDay) return formatRule(readRule(`${endless};UNTIL=${day}`));
  const last = end.date.add({ days: 1 }).toZonedDateTime(zone).toInstant().subtract({ seconds: 1 });
  const until = last.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '');
  return formatRule(readRule(`${endless};UNTIL=${until}`));
}

/** Reads `--except 24 dec`: the days, as starts that are left out. */
export function planExceptions(
  typed: readonly string[],
  start: RepeatStart & { readonly clock: string },
  now: Temporal.ZonedDateTime,
): readonly string[] {
  const days = typed.flatMap((text) => text.split(',')).map((text) => text.trim());
  return days.map((text) => {
    const day = dateOf(parseWhen(text, { now, countFrom: start.date }));
    if (start.isAllDay) return day.toString();
    // An hour that a clock change removes is when the occurrence takes place instead: the server takes no other.
    return day
      .toZonedDateTime({ timeZone: start.zone, plainTime: start.clock })
      .toString({ timeZoneName: 'never' });
  });
}
