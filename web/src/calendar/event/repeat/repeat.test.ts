import fc from 'fast-check';
import { parseRule, WEEKDAYS } from '@daywatch/recurrence';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { followStart } from './follow-start.ts';
import { previewDates } from './preview-dates.ts';
import { readRepeat, writeRepeat, type Repeat } from './repeat.ts';

/** A Tuesday, the second of its month. */
const START = { startDate: '2026-12-08', startTime: '10:00', isAllDay: false, zone: 'Europe/Berlin' };
const EVERY: Repeat = { freq: 'WEEKLY', interval: 1, weekdays: [], monthly: 'day', end: { kind: 'never' } };

describe('writeRepeat', () => {
  it.each([
    [{ interval: 2, weekdays: ['TH', 'TU'] }, 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH'],
    [{ freq: 'DAILY', end: { kind: 'count', count: 5 } }, 'FREQ=DAILY;COUNT=5'],
    [{ freq: 'MONTHLY' }, 'FREQ=MONTHLY'],
    [{ freq: 'MONTHLY', monthly: 'nth' }, 'FREQ=MONTHLY;BYDAY=2TU'],
    [{ freq: 'MONTHLY', monthly: 'last' }, 'FREQ=MONTHLY;BYDAY=-1TU'],
    // The last day counts whole: it ends at 22:00 UTC in summer.
    [{ end: { kind: 'until', date: '2027-06-30' } }, 'FREQ=WEEKLY;UNTIL=20270630T215959Z'],
  ] as const)('should spell %j', (part, rrule) => {
    expect(writeRepeat({ ...EVERY, ...part }, START)).toBe(rrule);
  });

  it('should end a rule of whole days on a date', () => {
    const end = { kind: 'until', date: '2027-06-30' } as const;
    expect(writeRepeat({ ...EVERY, end }, { ...START, isAllDay: true })).toBe('FREQ=WEEKLY;UNTIL=20270630');
  });

  it('should always be read as it was written, and be a rule', () => {
    const repeats = fc.record({
      freq: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
      interval: fc.integer({ min: 1, max: 99 }),
      weekdays: fc.subarray([...WEEKDAYS]),
      monthly: fc.constantFrom('day', 'nth', 'last'),
      end: fc.oneof(
        fc.constant({ kind: 'never' as const }),
        fc.record({ kind: fc.constant('count' as const), count: fc.integer({ min: 1, max: 500 }) }),
        fc.constant({ kind: 'until' as const, date: '2030-03-31' }),
      ),
    });
    fc.assert(
      fc.property(repeats, fc.boolean(), (repeat, isAllDay) => {
        const start = { ...START, isAllDay };
        const rrule = writeRepeat(repeat, start);
        const read = readRepeat(rrule, start);
        expect(parseRule(rrule).freq).toBe(repeat.freq);
        expect(read && writeRepeat(read, start)).toBe(rrule);
      }),
    );
  });
});

describe('readRepeat', () => {
  it.each([
    'FREQ=MONTHLY;BYDAY=3TU',
    'FREQ=HOURLY',
    'FREQ=YEARLY;BYMONTH=3',
    'FREQ=WEEKLY;WKST=SU',
    'nonsense',
  ])('should leave %s to those who wrote it', (rrule) => {
    expect(readRepeat(rrule, START)).toBeUndefined();
  });

  it.each([
    // A part that was divided off ends a second before what follows, and a series that moved at an odd time of day.
    ['20261222T085959Z', '2026-12-21'],
    ['20261222T090000Z', '2026-12-22'],
    ['20261222T225959Z', '2026-12-22'],
    ['20261222T230000Z', '2026-12-22'],
  ])('should say of UNTIL=%s the last day on which it can begin', (until, date) => {
    expect(readRepeat(`FREQ=DAILY;UNTIL=${until}`, START)?.end).toEqual({ kind: 'until', date });
  });
});

describe('followStart', () => {
  it.each([
    ['FREQ=WEEKLY;BYDAY=TU,TH', 'FREQ=WEEKLY;BYDAY=WE,FR'],
    ['FREQ=WEEKLY;BYDAY=SU', 'FREQ=WEEKLY;BYDAY=MO'],
    ['FREQ=MONTHLY;BYDAY=2TU', 'FREQ=MONTHLY;BYDAY=2WE'],
    ['FREQ=HOURLY', 'FREQ=HOURLY'],
    ['FREQ=WEEKLY;BYDAY=TU;UNTIL=20261222T225959Z', 'FREQ=WEEKLY;BYDAY=WE;UNTIL=20261223T225959Z'],
    // The last of them begins as it ends.
    ['FREQ=WEEKLY;BYDAY=TU;UNTIL=20261222T090000Z', 'FREQ=WEEKLY;BYDAY=WE;UNTIL=20261223T225959Z'],
    ['', ''],
  ])('should make of %s a day later %s', (rrule, after) => {
    expect(followStart({ rrule, start: START }, { ...START, startDate: '2026-12-09' })).toBe(after);
  });

  it('should always make as many occurrences, each as many days later', () => {
    const shifted = fc.record({
      weekdays: fc.subarray([...WEEKDAYS]),
      weeks: fc.integer({ min: 0, max: 20 }),
      days: fc.integer({ min: -20, max: 20 }),
      isAllDay: fc.boolean(),
    });
    fc.assert(
      fc.property(shifted, ({ weekdays, weeks, days, isAllDay }) => {
        const start = { ...START, isAllDay };
        const plus = (date: string, by: number) => Temporal.PlainDate.from(date).add({ days: by }).toString();
        const end = { kind: 'until', date: plus(START.startDate, weeks * 7) } as const;
        const rrule = writeRepeat({ ...EVERY, weekdays, end }, start);
        const to = { ...start, startDate: plus(START.startDate, days) };
        const moved = followStart({ rrule, start }, to);
        const datesOf = (rule: string, from: typeof start) =>
          previewDates({ rrule: rule, start: from }, 1000).map(String);
        expect(datesOf(moved, to)).toEqual(datesOf(rrule, start).map((date) => plus(date, days)));
      }),
    );
  });

  it('should wait for the whole of a date that is only being typed', () => {
    const rrule = 'FREQ=WEEKLY;BYDAY=TU';
    expect(followStart({ rrule, start: START }, { ...START, startDate: '' })).toBe(rrule);
  });
});

it('should show the next dates of a rule, the start among them', () => {
  const rrule = 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=3';
  expect(previewDates({ rrule, start: START }, 5).map(String)).toEqual([
    '2026-12-08',
    '2026-12-22',
    '2027-01-05',
  ]);
  expect(previewDates({ rrule, start: { ...START, startDate: '' } }, 5)).toEqual([]);
});
