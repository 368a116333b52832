import * as fc from 'fast-check';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { createSeries, expand, formatRule, parseRule } from '../src/index.ts';
import type { Frequency, RecurrenceRule } from '../src/index.ts';
import { caseCount } from './_support/case-count.ts';
import { ruleTexts } from './_support/rule-texts.ts';

const DAY = 86_400_000;

interface Case {
  readonly rule: RecurrenceRule;
  readonly start: number;
  readonly timeZone: string;
}

function starts(
  one: Case,
  spanDays: number,
): { readonly ours: readonly number[]; readonly theirs: readonly number[] } {
  const { rule, start, timeZone } = one;
  const local = Temporal.PlainDateTime.from(new Date(start).toISOString().slice(0, 19));
  const dtstart = local.toZonedDateTime(timeZone);
  const end = dtstart.toInstant().epochMilliseconds + spanDays * DAY;
  const series = createSeries({ dtstart: local, timeZone, rule });
  const ours = [...expand(series, { to: Temporal.Instant.fromEpochMilliseconds(end) }, 5_000_000)].map(
    ({ startMs }) => startMs,
  );
  const other = new RRuleTemporal({
    rruleString: `DTSTART;TZID=${timeZone}:${local.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')}\nRRULE:${formatRule(rule)}`,
    includeDtstart: true,
    maxIterations: 1_000_000,
  });
  const limit = Temporal.Instant.fromEpochMilliseconds(end - 1).toZonedDateTimeISO(timeZone);
  const found = other
    .between(dtstart, limit, true)
    .map((at) => Temporal.ZonedDateTime.from(at.toString()).epochMilliseconds);
  // A: beside BYSETPOS it forgets a DTSTART that the rule does not produce, so DTSTART is added as an RDATE.
  const theirs = [...new Set([dtstart.epochMilliseconds, ...found])].sort((a, b) => a - b);
  return { ours, theirs };
}

function differences(freq: Frequency, spanDays: number, runs: number, withSkip = false): readonly string[] {
  const arbitrary = fc.record({
    rule: ruleTexts({ freqs: [freq], maxInterval: 5, withBound: false, withSkip }).map(parseRule),
    start: fc
      .oneof(
        fc.integer({ min: Date.UTC(1995, 0, 1) / 1000, max: Date.UTC(2030, 0, 1) / 1000 }),
        fc.constantFrom(Date.UTC(2024, 1, 29, 9) / 1000, Date.UTC(2026, 0, 31, 7, 30) / 1000),
      )
      .map((seconds) => seconds * 1000),
    timeZone: fc.constantFrom('UTC', ...(isClock(freq) ? [] : ['Europe/Berlin'])),
  });
  return fc
    .sample(
      arbitrary.filter((one) => isAsked(one) && (!withSkip || isSkipAsked(one))),
      {
        seed: Number(process.env['RECURRENCE_SEED'] ?? 11),
        numRuns: caseCount(runs),
      },
    )
    .flatMap((one) => {
      const { ours, theirs } = starts(one, spanDays);
      const index = ours.findIndex((time, at) => time !== theirs[at]);
      if (index < 0 && ours.length === theirs.length) {
        return [];
      }
      const show = (time: number | undefined): string =>
        time === undefined ? 'none' : new Date(time).toISOString();
      const at = index < 0 ? ours.length : index;
      return [
        `${formatRule(one.rule)} from ${new Date(one.start).toISOString()} ${one.timeZone}: ours ${show(ours[at])}, theirs ${show(theirs[at])} at ${at}`,
      ];
    });
}

/** Its shorter steps are of elapsed time and ours of the wall clock, so that they are compared in UTC alone. */
function isClock(freq: Frequency): boolean {
  return freq === 'HOURLY' || freq === 'MINUTELY' || freq === 'SECONDLY';
}

/** What rrule-temporal is not asked; docs/recurrence.md has the RFC's words for each line. */
function isAsked({ rule, start, timeZone }: Case): boolean {
  // B: it drops an instance in a removed hour, which in Berlin is the hour from 02:00.
  const hours = rule.byHour.length > 0 ? rule.byHour : [new Date(start).getUTCHours()];
  if (timeZone !== 'UTC' && hours.includes(2)) {
    return false;
  }
  if (rule.freq !== 'YEARLY') {
    return true;
  }
  // C: of several parts that choose days of a year it applies one and forgets the others.
  const chosen = [rule.byYearDay, rule.byMonthDay, rule.byWeekNo].filter((list) => list.length > 0).length;
  const forgets = chosen > 1 || (rule.byYearDay.length > 0 && rule.byDay.length > 0);
  const numbered = rule.byDay.filter(({ ordinal }) => ordinal !== 0).length;
  // E: it takes a list of weekdays with and without a number as the numbered ones, also where they limit.
  const isMixed = numbered > 0 && (numbered < rule.byDay.length || chosen > 0);
  // F: it puts a week near New Year into one year as a whole, which tells beside parts of the year, and where
  // DTSTART lies in such a week: it leaves out what the week of the year before has in DTSTART's.
  const yearOf = (days: number): number => new Date(start + days * DAY).getUTCFullYear();
  const isNearNewYear = yearOf(-7) !== yearOf(7);
  const isSetOfWeeks =
    rule.byWeekNo.length > 0 &&
    (rule.bySetPos.length > 0 || rule.byMonth.length > 0 || rule.interval > 1 || isNearNewYear);
  // D: it lets week 53 and weekday 53 of a year that lacks them run into the next one.
  const isWithinYear =
    rule.byWeekNo.every((week) => Math.abs(week) <= 51) &&
    rule.byDay.every(({ ordinal }) => Math.abs(ordinal) <= 52);
  return !forgets && !isMixed && !isSetOfWeeks && isWithinYear;
}

/**
 * G: of SKIP it knows one day that some months lack, DTSTART's or BYMONTHDAY's, counted from the start of the
 * month and without BYDAY. Only such rules are asked, so that there is something to move.
 */
function isSkipAsked({ rule, start }: Case): boolean {
  const { byMonthDay, byYearDay, byWeekNo, byDay } = rule;
  const [day] = byMonthDay.length === 0 ? [new Date(start).getUTCDate()] : byMonthDay;
  // H: beside BYMONTHDAY in MONTHLY it forgets SKIP.
  if (rule.freq === 'MONTHLY' && byMonthDay.length > 0) {
    return false;
  }
  const isOne = byMonthDay.length <= 1 && byYearDay.length + byWeekNo.length + byDay.length === 0;
  return isOne && day !== undefined && day > 28;
}

describe('expand against rrule-temporal', () => {
  it.each([
    ['YEARLY', 1500, 150],
    ['MONTHLY', 700, 150],
    ['WEEKLY', 300, 150],
    ['DAILY', 200, 150],
    ['HOURLY', 20, 80],
    ['MINUTELY', 2, 60],
  ] as const)('should find the same starts for %s', { timeout: 3_600_000 }, (freq, spanDays, runs) => {
    const found = differences(freq, spanDays, runs);

    expect(found).toEqual([]);
  });

  it.each([
    ['YEARLY', 3000, 200],
    ['MONTHLY', 900, 200],
  ] as const)(
    'should find the same starts for %s where SKIP moves dates',
    { timeout: 3_600_000 },
    (freq, spanDays, runs) => {
      const found = differences(freq, spanDays, runs, true);

      expect(found).toEqual([]);
    },
  );
});
