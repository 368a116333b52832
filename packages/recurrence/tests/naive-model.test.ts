import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { countUpTo, createSeries, expand, last, next, parseRule } from '../src/index.ts';
import type { Frequency, RecurrenceSeries } from '../src/index.ts';
import { caseCount } from './_support/case-count.ts';
import { naiveExpand, resolve } from './_support/naive-expander.ts';
import { ruleTexts } from './_support/rule-texts.ts';

const DAY = 86_400_000;
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/Sao_Paulo',
];
const LONG = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY'] as const;

interface Case {
  readonly series: RecurrenceSeries;
  /** Starts by the model, in milliseconds, complete before `end`. */
  readonly starts: readonly number[];
  readonly start: number;
  readonly end: number;
}

function makeCase(
  text: string,
  start: number,
  timeZone: string,
  isDate: boolean,
  spanDays: number,
  picks: readonly number[],
): Case {
  const civil = isDate ? Math.floor(start / DAY) * DAY : Math.floor(start / 1000) * 1000;
  const rule = parseRule(text);
  const end = civil + spanDays * DAY;
  const bare = { rule, start: civil, timeZone, isDate, rdates: [], exdates: [] };
  const all = naiveExpand(bare, end);
  // Some occurrences are left out, and some further starts are added, on and beside the rule's own.
  const keyOf = (ms: number): number =>
    isDate ? Math.round((ms - resolveOffset(ms, timeZone)) / DAY) * DAY : ms;
  const exdates = picks
    .slice(0, 3)
    .flatMap((pick) => (all.length === 0 ? [] : [keyOf(all[pick % all.length] as number)]));
  const rdates = picks
    .slice(3)
    .map((pick) =>
      isDate
        ? civil + (pick % spanDays) * DAY
        : resolve(civil, timeZone) + (pick % (spanDays * 24)) * 3_600_000,
    );
  const starts = naiveExpand({ ...bare, rdates, exdates }, end);
  const series = createSeries({
    dtstart: isDate ? toDate(civil) : Temporal.PlainDateTime.from(new Date(civil).toISOString().slice(0, 19)),
    timeZone,
    rule,
    rdates: rdates.map((ms) => (isDate ? toDate(ms) : Temporal.Instant.fromEpochMilliseconds(ms))),
    exdates: exdates.map((ms) => (isDate ? toDate(ms) : Temporal.Instant.fromEpochMilliseconds(ms))),
  });
  return { series, starts, start: civil, end };
}

function resolveOffset(ms: number, timeZone: string): number {
  return -Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).offsetNanoseconds / 1e6;
}

function toDate(civilMs: number): Temporal.PlainDate {
  return Temporal.PlainDate.from(new Date(civilMs).toISOString().slice(0, 10));
}

function instant(ms: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(ms);
}

function startsIn(series: RecurrenceSeries, from: number, to: number): readonly number[] {
  return [...expand(series, { from: instant(from), to: instant(to) }, 5_000_000)].map(
    ({ startMs }) => startMs,
  );
}

const YEAR_SPAN = { min: Date.UTC(1990, 0, 1), max: Date.UTC(2040, 0, 1) };

/** Room after a window for starts that a clock change moves; the longest is the day that Apia lost. */
const MARGIN = 1.6 * DAY;

function cases(
  freqs: readonly Frequency[],
  maxDays: number,
  withSkip = false,
  maxInterval = 6,
): fc.Arbitrary<Case> {
  return fc
    .record({
      text: ruleTexts({ freqs, maxInterval, withSkip }),
      // Near clock changes more often than chance would have it.
      start: fc.oneof(
        fc.integer(YEAR_SPAN),
        fc.constantFrom(
          Date.UTC(2026, 2, 28, 2, 30),
          Date.UTC(2026, 9, 24, 2, 30),
          Date.UTC(2011, 11, 29, 10),
          Date.UTC(2024, 1, 29, 9),
          Date.UTC(2026, 0, 31, 0, 0),
          Date.UTC(2026, 3, 4, 1, 45),
        ),
      ),
      timeZone: fc.constantFrom(...ZONES),
      isDate: freqs === LONG ? fc.boolean() : fc.constant(false),
      spanDays: fc.integer({ min: 2, max: maxDays }),
      picks: fc.array(fc.nat({ max: 10_000 }), { maxLength: 6 }),
    })
    .map(({ text, start, timeZone, isDate, spanDays, picks }) =>
      makeCase(text, start, timeZone, isDate, spanDays, picks),
    );
}

function checkWindow({ series, starts, start, end }: Case, cuts: readonly number[]): void {
  const origin = start - MARGIN;
  const limit = end - MARGIN;
  const points = [
    origin,
    ...cuts.map((cut) => origin + Math.floor((cut / 1000) * (limit - origin))),
    limit,
  ].sort((a, b) => a - b);
  const whole = startsIn(series, origin, limit);
  expect(whole).toEqual(starts.filter((ms) => ms >= origin && ms < limit));
  const pieces = points.slice(1).flatMap((to, index) => startsIn(series, points[index] as number, to));
  expect(pieces).toEqual(whole);
}

describe('expand against an expander that looks at every day', () => {
  const cuts = fc.array(fc.nat({ max: 1000 }), { maxLength: 3 });

  it('should always find the same starts in any window, however it is split, for YEARLY to DAILY', () => {
    fc.assert(
      fc.property(cases(LONG, 1500), cuts, (given, cutsOfIt) => checkWindow(given, cutsOfIt)),
      { numRuns: caseCount(120) },
    );
  });

  it.each([
    ['HOURLY', 5, 40, 15],
    ['MINUTELY', 3, 500, 15],
    ['SECONDLY', 2, 20_000, 10],
  ] as const)('should always find the same starts for %s', (freq, days, maxInterval, runs) => {
    fc.assert(
      fc.property(cases([freq], days, false, maxInterval), cuts, (given, cutsOfIt) =>
        checkWindow(given, cutsOfIt),
      ),
      { numRuns: caseCount(runs) },
    );
  });

  it('should always find the same starts where SKIP moves dates', () => {
    fc.assert(
      fc.property(
        cases(['YEARLY', 'MONTHLY'], 2500, true).filter(({ series }) => series.rule?.byWeekNo.length === 0),
        cuts,
        (given, cutsOfIt) => checkWindow(given, cutsOfIt),
      ),
      { numRuns: caseCount(80) },
    );
  });

  it('should always agree with itself on the next one, the last one and the number of them', () => {
    fc.assert(
      fc.property(cases(LONG, 700), fc.nat({ max: 1000 }), ({ series, starts, start, end }, at) => {
        const limit = end - MARGIN;
        const after = start - DAY + Math.floor((at / 1000) * (limit - start));
        const expected = starts.find((ms) => ms > after);
        if (expected !== undefined && expected < limit) {
          expect(next(series, instant(after), 5_000_000)?.startMs).toBe(expected);
        }
        const window = { from: instant(start - MARGIN), to: instant(limit) };
        const inside = starts.filter((ms) => ms < limit);
        expect(countUpTo(series, 10_000, window, 5_000_000)).toEqual({ kind: 'exact', count: inside.length });
        if (
          series.rule?.bound.kind === 'count' &&
          countUpTo(series, 10_000, {}, 5_000_000).kind === 'exact'
        ) {
          const all = [...expand(series, {}, 5_000_000)];
          expect(last(series, 50_000_000)?.startMs).toBe(all.at(-1)?.startMs);
        }
      }),
      { numRuns: caseCount(50) },
    );
  });
});
