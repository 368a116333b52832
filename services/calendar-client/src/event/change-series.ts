import type { Event } from '@daywatch/protocol/calendar';
import { expand, type RecurrenceSeries } from '@daywatch/recurrence';
import { Temporal } from 'temporal-polyfill';
import { UsageError } from '../failure.ts';
import type { Slot } from '../free/free-slots.ts';
import { planRepeat, type TypedRepeat } from '../repeat/plan-repeat.ts';
import { makeSeries } from '../repeat/plan-series.ts';
import { nextStarts } from '../repeat/series-dates.ts';
import { readSeries } from '../repeat/series-of.ts';
import type { Target } from './choose-target.ts';
import type { PlannedChange } from './plan-change.ts';
import { shiftDays, type PlannedTimes } from './plan-times.ts';
import { lengthOf, toShownTime } from './shown-time.ts';

/** What a change comes to for an event that repeats, or is to. */
export interface ChangedSeries {
  readonly times: PlannedTimes | undefined;
  /** The new rule, where it changes. */
  readonly rrule: string | undefined;
  /** The series as it will be, as well as that is known here; undefined where it does not repeat. */
  readonly series: RecurrenceSeries | undefined;
  readonly notes: readonly string[];
}

/**
 * Puts together what a change makes of the repetition.
 * @throws UnclearTime, UsageError
 */
export function planSeriesChange(
  target: Target,
  change: Pick<PlannedChange, 'times'>,
  typed: TypedRepeat & { readonly once?: boolean },
): ChangedSeries {
  const { event } = target;
  const whole = target.kind === 'all' ? event : target.series;
  const isRepeatSaid = Object.values({ ...typed, once: undefined }).some((value) => value !== undefined);
  if (target.kind === 'this' && (isRepeatSaid || typed.once))
    throw new UsageError('how it repeats belongs to the series; take --from or --all instead of --only');
  if (typed.once && isRepeatSaid)
    throw new UsageError('--once ends the repetition; leave out what says how it repeats');
  if (target.kind === 'this' || typed.once)
    return { ...change, rrule: undefined, series: undefined, notes: [] };
  const { allDay, timeZone } = {
    ...event,
    allDay: (change.times?.shown.kind ?? kindOf(event)) === 'all-day',
  };
  const begin = change.times?.start ?? event.start;
  const start = { date: dateIn(begin, timeZone), zone: timeZone, isAllDay: allDay };
  const repeat = planRepeat(typed, start, whole.recurrence?.rrule);
  const days = repeat ? start.date.until(repeat.first).days : 0;
  const times = days === 0 ? change.times : shiftDays(change.times ?? keptTimes(event), days);
  const apiStart = { start: times?.start ?? event.start, allDay, timeZone };
  const rrule = repeat?.rrule ?? shiftUntil(restOfRule(target), event, apiStart);
  if (rrule === undefined) return { times, rrule: undefined, series: undefined, notes: [] };
  const exdates = shiftDates(whole.recurrence?.exdates ?? [], event, apiStart);
  const rdates = repeat ? [] : shiftDates(whole.recurrence?.rdates ?? [], event, apiStart);
  const series = makeSeries(apiStart, { rrule, exdates, rdates: target.kind === 'all' ? rdates : [] });
  return { times, rrule: repeat?.rrule, series, notes: repeat?.notes ?? [] };
}

/** Where the series is now, from an instant on: what moves does not stand in its own way. */
export function ownSlots(target: Target, from: Temporal.Instant, zone: string): readonly Slot[] {
  const whole = target.kind === 'all' ? target.event : target.series;
  const series = readSeries(whole, whole.recurrence);
  const { days, minutes } = lengthOf(toShownTime(whole, zone));
  if (!series) return [];
  return nextStarts(series, from, 500, zone).map((each) => {
    const start = each instanceof Temporal.PlainDate ? each.toZonedDateTime(zone) : each;
    return { start: start.epochMilliseconds, end: start.add({ days }).add({ minutes }).epochMilliseconds };
  });
}

/** The rule from the target on; a COUNT counts what is left of it, as the server divides it. */
function restOfRule(target: Target): string | undefined {
  const whole = target.kind === 'all' ? target.event : target.series;
  const { rrule } = whole.recurrence ?? {};
  const count = /(?:^|;)COUNT=(\d+)/.exec(rrule ?? '');
  if (target.kind === 'all' || rrule === undefined || !count) return rrule || undefined;
  const series = readSeries(whole, { rrule, exdates: [], rdates: [] });
  const split = whole.allDay
    ? Temporal.PlainDate.from(target.event.recurrenceId).toZonedDateTime(whole.timeZone).toInstant()
    : Temporal.Instant.from(target.event.recurrenceId);
  const before = series ? [...expand(series, { to: split })].length : 0;
  return rrule.replace(/COUNT=\d+/, `COUNT=${Math.max(1, Number(count[1]) - before)}`);
}

/** Dates that are left out or added go along with the beginning, as the server moves them. */
function shiftDates(
  dates: readonly string[],
  from: Event,
  to: { readonly start: string; readonly allDay: boolean; readonly timeZone: string },
): readonly string[] {
  if (from.allDay !== to.allDay) return [];
  const shift = localOf(from.start, from.timeZone).until(localOf(to.start, to.timeZone), {
    largestUnit: 'day',
  });
  return dates.map((date) => {
    const moved = localOf(date, from.timeZone).add(shift);
    return to.allDay ? moved.toPlainDate().toString() : moved.toString({ smallestUnit: 'second' });
  });
}

/** The end of a rule goes along too, where it is a time. */
function shiftUntil(
  rrule: string | undefined,
  from: Event,
  to: { readonly start: string; readonly allDay: boolean; readonly timeZone: string },
): string | undefined {
  return rrule?.replace(
    /UNTIL=(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z/,
    (_, year, month, day, hour, minute, second) => {
      const until = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
      const [moved = ''] = shiftDates([until], from, to);
      if (moved === '') return `UNTIL=${until.replaceAll(/[-:]/g, '')}`;
      const instant = Temporal.PlainDateTime.from(moved).toZonedDateTime(to.timeZone).toInstant();
      return `UNTIL=${instant.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')}`;
    },
  );
}

/** What the clock of the zone shows; midnight for a date. */
function localOf(text: string, zone: string): Temporal.PlainDateTime {
  if (!/(?:z|[+-]\d{2}:\d{2})$/i.test(text)) return Temporal.PlainDateTime.from(text);
  return Temporal.Instant.from(text).toZonedDateTimeISO(zone).toPlainDateTime();
}

function dateIn(start: string, zone: string): Temporal.PlainDate {
  return localOf(start, zone).toPlainDate();
}

function kindOf(event: Event): 'all-day' | 'timed' {
  return event.allDay ? 'all-day' : 'timed';
}

function keptTimes(event: Event): PlannedTimes {
  return { shown: toShownTime(event, event.timeZone), start: event.start, end: event.end, notes: [] };
}
