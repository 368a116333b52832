import { createSeries, expand, parseRule } from '@daywatch/recurrence';
import type { RecurrenceSeries } from '@daywatch/recurrence';
import { createRequire } from 'node:module';
import type * as Rrule from 'rrule';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';

// rrule is CommonJS whose exports Node cannot name ahead of running it.
export const rrule = createRequire(import.meta.url)('rrule') as typeof Rrule;

/** `ours, zoned` also makes a ZonedDateTime of each start, as rrule-temporal does. rrule knows no zones. */
export const CONTENDERS = ['ours', 'ours, zoned', 'rrule-temporal', 'rrule'] as const;
export type Contender = (typeof CONTENDERS)[number];

export const ZONE = 'Europe/Berlin';
const FROM_MS = Date.UTC(2026, 9, 31, 23);
const TO_MS = Date.UTC(2026, 10, 30, 23);

/** DTSTART of ten years before the month. */
const START = '2016-11-01T09:00:00';
const START_TEXT = '20161101T090000';

export function makeSeries(rule: string, zone = ZONE): RecurrenceSeries {
  return createSeries({ dtstart: Temporal.PlainDateTime.from(START), timeZone: zone, rule: parseRule(rule) });
}

/** How many starts of a daily rule a month has, from the texts of the rule and of DTSTART. */
export function countMonthFromText(which: Contender, zone: string): number {
  const from = Temporal.Instant.fromEpochMilliseconds(FROM_MS);
  const to = Temporal.Instant.fromEpochMilliseconds(TO_MS);
  switch (which) {
    case 'ours':
      return Array.from(expand(makeSeries('FREQ=DAILY', zone), { from, to }), ({ startMs }) => startMs)
        .length;
    case 'ours, zoned':
      return Array.from(expand(makeSeries('FREQ=DAILY', zone), { from, to }), ({ start }) => start).length;
    case 'rrule-temporal':
      return new RRuleTemporal({
        rruleString: `DTSTART;TZID=${zone}:${START_TEXT}\nRRULE:FREQ=DAILY`,
      }).between(new Date(FROM_MS), new Date(TO_MS), true).length;
    case 'rrule':
      return rrule
        .rrulestr(`DTSTART:${START_TEXT}Z\nRRULE:FREQ=DAILY`)
        .between(new Date(FROM_MS), new Date(TO_MS), true).length;
    default:
      throw new Error(`Unknown contender: ${String(which satisfies never)}`);
  }
}

/**
 * The same with DTSTART and the window as the values that suit each best, since reading DTSTART is the work of
 * a Temporal polyfill in both.
 */
export function monthCounter(which: Contender): () => number {
  const dtstart = Temporal.PlainDateTime.from(START);
  const window = {
    from: Temporal.Instant.fromEpochMilliseconds(FROM_MS),
    to: Temporal.Instant.fromEpochMilliseconds(TO_MS),
  };
  const ours = () => expand(createSeries({ dtstart, timeZone: ZONE, rule: parseRule('FREQ=DAILY') }), window);
  const [from, to] = [new Date(FROM_MS), new Date(TO_MS)];
  const zoned = dtstart.toZonedDateTime(ZONE);
  const date = new Date(`${START}Z`);
  const count = <T>(starts: Iterable<T>): number => [...starts].length;
  switch (which) {
    case 'ours':
      return () => Array.from(ours(), ({ startMs }) => startMs).length;
    case 'ours, zoned':
      return () => Array.from(ours(), ({ start }) => start).length;
    case 'rrule-temporal':
      return () => count(new RRuleTemporal({ freq: 'DAILY', dtstart: zoned }).between(from, to, true));
    case 'rrule':
      return () => count(new rrule.RRule({ freq: rrule.RRule.DAILY, dtstart: date }).between(from, to, true));
    default:
      throw new Error(`Unknown contender: ${String(which satisfies never)}`);
  }
}
