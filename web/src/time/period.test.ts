import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { findLocale, findWeekStart, isTwelveHours } from './locale.ts';
import { findPeriod, stepPeriod } from './period.ts';

const date = Temporal.PlainDate.from('2026-11-26');

describe('findPeriod', () => {
  it.each([
    ['month', 1, '2026-10-26', 42],
    ['month', 7, '2026-11-01', 42],
    ['week', 1, '2026-11-23', 7],
    ['week', 7, '2026-11-22', 7],
    ['week', 6, '2026-11-21', 7],
    ['day', 1, '2026-11-26', 1],
    ['agenda', 1, '2026-11-26', 30],
  ] as const)(
    'should show in the %s of a week from day %i what begins on %s',
    (view, weekStart, first, count) => {
      const period = findPeriod(view, date, weekStart);
      expect([period.first.toString(), period.count]).toEqual([first, count]);
    },
  );
});

describe('stepPeriod', () => {
  it('should go from the end of January to that of February', () => {
    expect(stepPeriod('month', Temporal.PlainDate.from('2027-01-31'), 1).toString()).toBe('2027-02-28');
  });

  it('should go back as far as it went on', () => {
    for (const view of ['week', 'day', 'agenda'] as const) {
      expect(stepPeriod(view, stepPeriod(view, date, 1), -1).toString()).toBe('2026-11-26');
    }
  });
});

describe('the habits of a country', () => {
  it.each([
    ['en-US', 7, true],
    ['en-GB', 1, false],
    ['ru', 1, false],
    ['ar-EG', 6, true],
  ])('should be those of %s', (locale, weekStart, isTwelve) => {
    expect(findWeekStart(locale)).toBe(weekStart);
    expect(isTwelveHours(locale)).toBe(isTwelve);
  });

  it('should be those that the browser names for the language of the page', () => {
    expect(findLocale('en', ['de-DE', 'en-AU'])).toBe('en-AU');
    expect(findLocale('ru', ['de-DE', 'en-AU'])).toBe('ru');
  });
});
