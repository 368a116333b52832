import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { createSeries, expand, parseRule } from '../src/index.ts';

/** Where implementations of RFC 5545 section 3.3.10 go wrong; the results were worked out by hand with a calendar. */
interface Corner {
  readonly title: string;
  readonly dtstart: string;
  readonly rule: string;
  readonly starts: readonly string[];
}

const CORNERS: readonly Corner[] = [
  {
    title: 'week one of 2026 begins in 2025 where weeks begin on Monday',
    dtstart: '2025-06-02T09:00',
    rule: 'FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO;COUNT=3',
    starts: ['2025-06-02T09:00', '2025-12-29T09:00', '2027-01-04T09:00'],
  },
  {
    title: 'week one of 2026 begins in January where weeks begin on Sunday',
    dtstart: '2025-06-02T09:00',
    rule: 'FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO;WKST=SU;COUNT=3',
    starts: ['2025-06-02T09:00', '2026-01-05T09:00', '2027-01-04T09:00'],
  },
  {
    title: 'the 307th day from the end is 28 February, or 29 February in a leap year',
    dtstart: '2023-02-28T09:00',
    rule: 'FREQ=YEARLY;BYYEARDAY=-307;COUNT=3',
    starts: ['2023-02-28T09:00', '2024-02-29T09:00', '2025-02-28T09:00'],
  },
  {
    title: 'day 366 is there in leap years alone',
    dtstart: '2024-12-31T09:00',
    rule: 'FREQ=YEARLY;BYYEARDAY=366;COUNT=3',
    starts: ['2024-12-31T09:00', '2028-12-31T09:00', '2032-12-31T09:00'],
  },
  {
    title: 'BYSETPOS picks from days and times together',
    dtstart: '2026-01-05T09:00',
    rule: 'FREQ=MONTHLY;BYDAY=MO,TU;BYHOUR=9,17;BYSETPOS=1,-1;COUNT=4',
    starts: ['2026-01-05T09:00', '2026-01-27T17:00', '2026-02-02T09:00', '2026-02-24T17:00'],
  },
  {
    title: 'numbers of weekdays count within each BYMONTH of a year',
    dtstart: '2026-03-01T09:00',
    rule: 'FREQ=YEARLY;BYMONTH=3,11;BYDAY=1SU,-1SU;COUNT=5',
    starts: [
      '2026-03-01T09:00',
      '2026-03-29T09:00',
      '2026-11-01T09:00',
      '2026-11-29T09:00',
      '2027-03-07T09:00',
    ],
  },
  {
    title:
      'numbers of weekdays count within the year without BYMONTH, also where they limit days of the month',
    dtstart: '2026-01-13T09:00',
    rule: 'FREQ=YEARLY;BYMONTHDAY=13;BYDAY=2TU;COUNT=2',
    starts: ['2026-01-13T09:00', '2032-01-13T09:00'],
  },
  {
    title: 'a fortnight is counted in weeks that begin on WKST',
    dtstart: '2026-01-06T09:00',
    rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;COUNT=4',
    starts: ['2026-01-06T09:00', '2026-01-18T09:00', '2026-01-20T09:00', '2026-02-01T09:00'],
  },
  {
    title: 'the 31st is left out of shorter months, and their INTERVAL goes on',
    dtstart: '2026-01-31T09:00',
    rule: 'FREQ=MONTHLY;INTERVAL=2;COUNT=4',
    starts: ['2026-01-31T09:00', '2026-03-31T09:00', '2026-05-31T09:00', '2026-07-31T09:00'],
  },
];

describe('the corners of RFC 5545 section 3.3.10', () => {
  it.each(CORNERS)('should know that $title', ({ dtstart, rule, starts }) => {
    const series = createSeries({ dtstart: Temporal.PlainDateTime.from(dtstart), rule: parseRule(rule) });

    const found = Array.from(expand(series), ({ recurrenceId }) => recurrenceId.slice(0, 16));

    expect(found).toEqual(starts);
  });
});
