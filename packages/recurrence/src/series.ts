import { Temporal } from 'temporal-polyfill';
import { openCounter } from './expand/rule-counter.ts';
import type { RuleCounter } from './expand/rule-counter.ts';
import { planRule } from './expand/rule-plan.ts';
import type { RulePlan } from './expand/rule-plan.ts';
import { RecurrenceError } from './recurrence-error.ts';
import type { RecurrenceRule } from './rule/recurrence-rule.ts';
import { formatRule } from './rule/format-rule.ts';
import { localSecondsOf, toEpochSeconds, toLocalDate } from './temporal-edge.ts';
import { LocalResolver } from './zone/local-resolver.ts';
import { zoneOffsets } from './zone/zone-offsets.ts';
import type { ZoneOffsets } from './zone/zone-offsets.ts';

/** Most RDATEs and most EXDATEs that one series may have. */
export const MAX_DATES = 10_000;

/**
 * What a series is made of. DTSTART is a wall-clock time with its zone, an instant of a zone, or a date; an
 * instant keeps its offset for the first occurrence even in an hour that the clocks go through twice.
 */
export interface SeriesInit {
  readonly dtstart: Temporal.ZonedDateTime | Temporal.PlainDateTime | Temporal.PlainDate;
  /** The IANA zone of a wall-clock time or a date; a ZonedDateTime brings its own. By default UTC. */
  readonly timeZone?: string;
  readonly rule?: RecurrenceRule;
  /** Further starts; dates where DTSTART is a date, otherwise instants or wall-clock times of the zone. */
  readonly rdates?: readonly DateValue[];
  /** Starts that are left out, DTSTART included; of the same types. They still count towards COUNT. */
  readonly exdates?: readonly DateValue[];
}

export type DateValue =
  | Temporal.Instant
  | Temporal.ZonedDateTime
  | Temporal.PlainDateTime
  | Temporal.PlainDate;

/** DTSTART with its rule and dates, checked and immutable; make one with {@link createSeries}. */
export interface RecurrenceSeries {
  /** `date` for all-day series, whose occurrences are dates. */
  readonly kind: 'zoned' | 'date';
  readonly timeZone: string;
  readonly zone: ZoneOffsets;
  readonly rule: RecurrenceRule | undefined;
  /** DTSTART on the wall clock, in civil seconds since 1970. */
  readonly startLocal: number;
  /** When DTSTART is, in seconds since 1970 UTC. */
  readonly startEpoch: number;
  /** DTSTART and the RDATEs, ascending, and the EXDATEs: seconds since 1970 UTC, or civil seconds of the date. */
  readonly starts: readonly number[];
  readonly exdates: ReadonlySet<number>;
  readonly plan: RulePlan | undefined;
  readonly counter: RuleCounter | undefined;
}

/**
 * Checks and joins the parts of a series. Throws {@link RecurrenceError}: `invalid_dtstart` (not on a whole
 * second, out of the years 1 to 9999), `invalid_time_zone`, `invalid_date` (an RDATE or EXDATE of another type, or
 * an RDATE before DTSTART), `until_mismatch` and `part_not_allowed` (RFC 5545 section 3.3.10).
 */
export function createSeries(init: SeriesInit): RecurrenceSeries {
  const { dtstart, rule } = init;
  const kind = dtstart instanceof Temporal.PlainDate ? 'date' : 'zoned';
  const timeZone = dtstart instanceof Temporal.ZonedDateTime ? dtstart.timeZoneId : (init.timeZone ?? 'UTC');
  const zone = zoneOffsets(timeZone);
  const resolver = new LocalResolver(zone);
  const startLocal = localSecondsOf(dtstart);
  const startEpoch =
    dtstart instanceof Temporal.ZonedDateTime
      ? toEpochSeconds(dtstart.toInstant(), 'dtstart')
      : resolver.resolve(startLocal);
  if (rule !== undefined) {
    checkAgainstStart(rule, kind);
  }
  const keyOf = (value: DateValue, field: string): number =>
    kind === 'date' ? toLocalDate(value, field) : toZonedKey(value, field, resolver);
  const rdates = readDates(init.rdates ?? [], 'rdates', keyOf);
  const startKey = kind === 'date' ? startLocal : startEpoch;
  if (rdates[0] !== undefined && rdates[0] < startKey) {
    throw new RecurrenceError(
      'invalid_date',
      'An RDATE lies before DTSTART, which is the first occurrence.',
      {
        part: 'rdates',
        value: new Date(rdates[0] * 1000).toISOString(),
        allowed: 'RDATEs after DTSTART',
      },
    );
  }
  const plan = rule === undefined ? undefined : planRule(rule, startLocal, kind === 'date');
  return Object.freeze({
    kind,
    timeZone,
    zone,
    rule,
    startLocal,
    startEpoch,
    starts: Object.freeze([startKey, ...rdates.filter((key) => key !== startKey)]),
    exdates: new Set(readDates(init.exdates ?? [], 'exdates', keyOf)),
    plan,
    counter: plan === undefined ? undefined : openCounter(plan),
  });
}

/** Whether the series ends by itself: without a rule, or with COUNT or UNTIL. */
export function isBounded(series: RecurrenceSeries): boolean {
  return series.rule === undefined || series.rule.bound.kind !== 'never';
}

function checkAgainstStart(rule: RecurrenceRule, kind: RecurrenceSeries['kind']): void {
  const { bound, freq } = rule;
  const wanted = kind === 'date' ? 'date' : 'utc';
  if (bound.kind === 'until' && bound.until.kind !== wanted) {
    const allowed = kind === 'date' ? 'a date such as 20270630' : 'a UTC time such as 20270630T090000Z';
    throw new RecurrenceError(
      'until_mismatch',
      `UNTIL must be ${allowed}, because DTSTART is ${kind === 'date' ? 'a date' : 'a time in a zone'} (in ${formatRule(rule).slice(0, 200)}).`,
      { part: 'UNTIL', value: bound.until.kind, allowed },
    );
  }
  if (kind === 'date' && (freq === 'HOURLY' || freq === 'MINUTELY' || freq === 'SECONDLY')) {
    throw new RecurrenceError('part_not_allowed', `FREQ=${freq} cannot be used where DTSTART is a date.`, {
      part: 'FREQ',
      value: freq,
      allowed: 'YEARLY, MONTHLY, WEEKLY, DAILY',
    });
  }
}

function readDates(
  values: readonly DateValue[],
  field: string,
  keyOf: (value: DateValue, field: string) => number,
): number[] {
  if (values.length > MAX_DATES) {
    throw new RecurrenceError(
      'too_many_values',
      `${field} has ${values.length} dates; at most ${MAX_DATES} are allowed.`,
      {
        part: field,
        value: `${values.length} dates`,
        allowed: `at most ${MAX_DATES} dates`,
      },
    );
  }
  return values.length === 0
    ? []
    : [...new Set(values.map((value) => keyOf(value, field)))].sort((a, b) => a - b);
}

function toZonedKey(value: DateValue, field: string, resolver: LocalResolver): number {
  if (value instanceof Temporal.Instant) {
    return toEpochSeconds(value, field);
  }
  if (value instanceof Temporal.ZonedDateTime) {
    return toEpochSeconds(value.toInstant(), field);
  }
  if (value instanceof Temporal.PlainDateTime) {
    return resolver.resolve(localSecondsOf(value, field));
  }
  throw new RecurrenceError(
    'invalid_date',
    `${field} has the date ${value.toString()}, but DTSTART has a time.`,
    {
      part: field,
      value: value.toString(),
      allowed: 'instants or wall-clock times',
    },
  );
}
