import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  countUpTo,
  createSeries,
  DEFAULT_STEP_BUDGET,
  describeRule,
  expand,
  last,
  next,
  parseRule,
  RecurrenceError,
  StepBudget,
} from '../src/index.ts';
import type { RecurrenceSeries } from '../src/index.ts';
import { ruleTexts } from './_support/rule-texts.ts';

const START = Temporal.PlainDateTime.from('2026-01-31T09:30');

function seriesOf(rule: string): RecurrenceSeries {
  return createSeries({ dtstart: START, timeZone: 'Europe/Berlin', rule: parseRule(rule) });
}

/** Runs a query under the default budget; the answer, or `refused`, and the steps. */
function ask<T>(query: (budget: StepBudget) => T): {
  readonly answer: T | 'refused';
  readonly steps: number;
} {
  const budget = new StepBudget();
  try {
    return { answer: query(budget), steps: budget.used };
  } catch (error) {
    if (error instanceof RecurrenceError && error.code === 'budget_exceeded') {
      return { answer: 'refused', steps: budget.used };
    }
    throw error;
  }
}

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);

/** A budget may be passed by one charge at most, and no charge is larger than a day of seconds. */
const MOST_STEPS = DEFAULT_STEP_BUDGET + 86_400;

describe('hostile rules', () => {
  it('should answer a huge COUNT in any year without walking to it', () => {
    const series = seriesOf('FREQ=DAILY;BYMONTHDAY=-1;COUNT=1000000000');

    const far = ask(
      (budget) =>
        [...expand(series, { from: at('9000-01-01T00:00:00Z'), to: at('9000-03-01T00:00:00Z') }, budget)]
          .length,
    );
    const rows = ask((budget) => countUpTo(series, 1000, {}, budget));

    expect(far.answer).toBe(2);
    expect(far.steps).toBeLessThan(10_000);
    expect(rows.answer).toMatchObject({ kind: 'over', about: 95_688 });
    expect(rows.steps).toBeLessThan(10_000);
  });

  it('should refuse to list every second of a century, and count it at once', () => {
    const series = seriesOf('FREQ=SECONDLY');
    const century = { from: at('2026-02-01T00:00:00Z'), to: at('2126-02-01T00:00:00Z') };

    const listed = ask((budget) => Array.from(expand(series, century, budget)).length);
    const counted = ask((budget) => countUpTo(series, 5000, century, budget));

    expect(listed.answer).toBe('refused');
    expect(listed.steps).toBeLessThanOrEqual(DEFAULT_STEP_BUDGET + 4);
    expect(counted.answer).toEqual({ kind: 'over', limit: 5000, about: 3_155_673_600 });
    expect(counted.steps).toBeLessThan(30_000);
  });

  it.each([
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=YEARLY;BYWEEKNO=53;BYYEARDAY=100',
    'FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=31',
    'FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=31;BYHOUR=3',
    'FREQ=SECONDLY;BYYEARDAY=366;BYMONTH=2',
    'FREQ=YEARLY;BYDAY=53MO;BYMONTH=6',
    'FREQ=DAILY;INTERVAL=13;BYMONTH=4;BYMONTHDAY=31',
    'FREQ=DAILY;BYHOUR=9;BYSETPOS=2',
    'FREQ=HOURLY;INTERVAL=2;BYHOUR=10',
    'FREQ=MINUTELY;INTERVAL=1440;BYHOUR=3',
    'FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1;BYSETPOS=366',
    'FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=MONTHLY;BYDAY=6MO',
    'FREQ=MONTHLY;BYMONTHDAY=1,15;BYSETPOS=3',
    'FREQ=WEEKLY;BYDAY=MO;BYSETPOS=-2',
    'FREQ=WEEKLY;BYDAY=MO,TU;BYMONTH=1;BYSETPOS=3',
  ])('should say of %s, which has no instance, that DTSTART is all there is', (rule) => {
    const after = ask((budget) => next(seriesOf(rule), at('2026-02-01T00:00:00Z'), budget)?.recurrenceId);
    const end = ask((budget) => last(seriesOf(`${rule};COUNT=2`), budget)?.recurrenceId);

    expect(after.answer).toBeUndefined();
    expect(after.steps).toBeLessThanOrEqual(DEFAULT_STEP_BUDGET);
    expect(end.answer).toBe('2026-01-31T08:30:00Z');
  });

  it.each([
    'FREQ=SECONDLY;INTERVAL=7;BYSECOND=1;BYMINUTE=1;BYHOUR=1;BYDAY=MO;BYMONTHDAY=29;BYMONTH=2',
    'FREQ=SECONDLY;INTERVAL=2147483647;BYSECOND=59;BYMONTHDAY=31',
    'FREQ=DAILY;INTERVAL=31;BYMONTH=4;BYMONTHDAY=31',
    `FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;BYYEARDAY=${Array.from({ length: 366 }, (_, index) => index + 1).join(',')}`,
  ])('should answer or refuse %s within the budget', (rule) => {
    const found = ask((budget) => next(seriesOf(rule), at('2026-02-01T00:00:00Z'), budget));

    expect(found.steps).toBeLessThanOrEqual(MOST_STEPS);
  });

  it('should pick from huge sets without making them', () => {
    const everySecond = Array.from({ length: 60 }, (_, index) => index).join(',');
    const everyHour = Array.from({ length: 24 }, (_, index) => index).join(',');
    const rule = `FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=${everyHour};BYMINUTE=${everySecond};BYSECOND=${everySecond};BYSETPOS=-1,366`;

    const found = ask((budget) =>
      [
        ...expand(
          seriesOf(rule),
          { from: at('9000-01-01T00:00:00Z'), to: at('9001-01-01T00:00:00Z') },
          budget,
        ),
      ].map(({ recurrenceId }) => recurrenceId),
    );

    expect(found.answer).toEqual(['9000-12-31T22:59:59Z', '9000-12-31T23:06:05Z']);
    expect(found.steps).toBeLessThan(2000);
  });

  it('should take every value of every list at once', () => {
    const signed = (most: number): string =>
      Array.from({ length: 2 * most + 1 }, (_, index) => index - most)
        .filter((value) => value !== 0)
        .join(',');
    const rule = `FREQ=YEARLY;BYYEARDAY=${signed(366)};BYMONTHDAY=${signed(31)};BYWEEKNO=${signed(53)};BYSETPOS=${signed(366)}`;

    const found = ask(
      (budget) =>
        [
          ...expand(
            seriesOf(rule),
            { from: at('2027-01-01T00:00:00Z'), to: at('2028-01-01T00:00:00Z') },
            budget,
          ),
        ].length,
    );

    expect(found.answer).toBe(365);
    expect(found.steps).toBeLessThan(10_000);
  });

  it('should find the last one before an UNTIL in the year 9999', () => {
    for (const rule of [
      'FREQ=SECONDLY;UNTIL=99991231T225959Z',
      'FREQ=MONTHLY;BYDAY=-1FR;UNTIL=99991231T225959Z',
      'FREQ=WEEKLY;COUNT=400000',
    ]) {
      const found = ask((budget) => last(seriesOf(rule), budget)?.startMs);

      expect(found.answer).toBeGreaterThan(Date.UTC(9600, 0, 1));
      expect(found.steps).toBeLessThan(50_000);
    }
  });

  it('should keep every query on any rule within the budget', () => {
    const numbers = fc.constantFrom(
      '1',
      '-1',
      '29',
      '30',
      '31',
      '53',
      '-53',
      '59',
      '366',
      '-366',
      '2147483647',
    );
    const piece = fc.tuple(
      fc.constantFrom(
        'INTERVAL',
        'COUNT',
        'BYMONTH',
        'BYMONTHDAY',
        'BYYEARDAY',
        'BYWEEKNO',
        'BYHOUR',
        'BYMINUTE',
        'BYSECOND',
        'BYSETPOS',
        'BYDAY',
      ),
      fc.array(fc.oneof(numbers, fc.constantFrom('MO', '5SU', '-53TU')), { minLength: 1, maxLength: 5 }),
    );
    const wild = fc
      .tuple(
        fc.constantFrom('YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY', 'SECONDLY'),
        fc.uniqueArray(piece, { maxLength: 4, selector: ([name]) => name }),
      )
      .map(([freq, parts]) =>
        [`FREQ=${freq}`, ...parts.map(([name, values]) => `${name}=${values.join(',')}`)].join(';'),
      );
    const texts = fc.oneof(wild, ruleTexts({ withSkip: true, maxInterval: 2_000_000 }));
    fc.assert(
      fc.property(texts, (text) => {
        let series: RecurrenceSeries;
        try {
          series = seriesOf(text);
        } catch (error) {
          expect(error).toBeInstanceOf(RecurrenceError);
          return;
        }
        const month = { from: at('7000-05-01T00:00:00Z'), to: at('7000-06-01T00:00:00Z') };
        for (const query of [
          (budget: StepBudget) => countUpTo(series, 1000, month, budget),
          (budget: StepBudget) => countUpTo(series, 1000, {}, budget),
          (budget: StepBudget) => next(series, at('7000-05-01T00:00:00Z'), budget),
          (budget: StepBudget) => last(series, budget),
        ]) {
          expect(ask<unknown>(query).steps).toBeLessThanOrEqual(MOST_STEPS);
        }
        expect(describeRule(parseRule(text), 'ru').length).toBeLessThan(40_000);
      }),
      { numRuns: 60 },
    );
  });
});
