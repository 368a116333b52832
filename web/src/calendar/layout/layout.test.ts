import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { makeDayRange, toEpochDay } from '../../time/day-range.ts';
import type { Span } from '../../time/span.ts';
import type { Item } from '../item.ts';
import { layoutDay } from '../time-grid/layout-day.ts';
import { layoutColumns } from './layout-columns.ts';
import { layoutWeek, placeItems } from './layout-week.ts';

const ZONE = 'Europe/Berlin';
const FIRST = Temporal.PlainDate.from('2026-10-19');
const RANGE = makeDayRange(FIRST, 14, ZONE);
const FIRST_DAY = toEpochDay(FIRST.toString());

function item(key: string, span: Span): Item {
  return {
    key,
    eventId: key,
    recurrenceId: '',
    calendarId: 'c',
    title: key,
    location: '',
    timeZone: ZONE,
    isBusy: true,
    isRecurring: false,
    span,
  };
}

function days(key: string, first: number, count: number): Item {
  return item(key, { kind: 'all-day', startDay: FIRST_DAY + first, endDay: FIRST_DAY + first + count });
}

function hours(key: string, start: string, end: string): Item {
  return item(key, { kind: 'timed', startMs: Date.parse(start), endMs: Date.parse(end) });
}

describe('layoutWeek', () => {
  it('should draw bars above hours, in lanes that they keep', () => {
    const items = [
      hours('h', '2026-10-20T09:00:00+02:00', '2026-10-20T10:00:00+02:00'),
      days('a', 1, 3),
      days('b', 0, 2),
      days('c', 2, 9),
    ];
    const segments = layoutWeek(placeItems(items, RANGE), 0);
    expect(
      segments.map(({ item: { key }, day, days: count, lane, goesOn }) => [key, day, count, lane, goesOn]),
    ).toEqual([
      ['b', 0, 2, 0, false],
      ['a', 1, 3, 1, false],
      ['h', 1, 1, 2, false],
      ['c', 2, 5, 0, true],
    ]);
  });

  it('should go on in the next week with what began in this one', () => {
    const [segment] = layoutWeek(placeItems([days('a', 5, 4)], RANGE), 7);
    expect(segment).toMatchObject({ day: 0, days: 2, lane: 0, isContinued: true, goesOn: false });
  });

  it('should never draw two over each other', () => {
    const part = fc.tuple(fc.integer({ min: -3, max: 13 }), fc.integer({ min: 1, max: 10 }));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const items = parts.map(([first, count], i) => days(String(i), first, count));
        const taken = new Set<string>();
        for (const { day, days: count, lane } of layoutWeek(placeItems(items, RANGE), 7)) {
          for (let column = day; column < day + count; column++) {
            expect(taken.has(`${column}/${lane}`)).toBe(false);
            expect(column).toBeLessThan(7);
            taken.add(`${column}/${lane}`);
          }
        }
      }),
    );
  });
});

describe('layoutColumns', () => {
  it('should give all the room to what is alone, and share it where two overlap', () => {
    const columns = layoutColumns([
      { start: 0, end: 60 },
      { start: 60, end: 180 },
      { start: 90, end: 120 },
      { start: 120, end: 180 },
    ]);
    expect(columns).toEqual([
      { column: 0, width: 1, columns: 1 },
      { column: 0, width: 1, columns: 2 },
      { column: 1, width: 1, columns: 2 },
      { column: 1, width: 1, columns: 2 },
    ]);
  });

  it('should take columns that are free to the right', () => {
    const columns = layoutColumns([
      { start: 0, end: 60 },
      { start: 0, end: 30 },
      { start: 0, end: 30 },
      { start: 40, end: 60 },
    ]);
    expect(columns[3]).toEqual({ column: 1, width: 2, columns: 3 });
  });

  it('should never draw two over each other', () => {
    const interval = fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 400 }));
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 40 }), (pairs) => {
        const intervals = pairs
          .map(([start, length]) => ({ start, end: start + length }))
          .sort((a, b) => a.start - b.start);
        const columns = layoutColumns(intervals);
        expect(columns).toHaveLength(intervals.length);
        intervals.forEach((a, i) =>
          intervals.slice(0, i).forEach((b, j) => {
            if (a.start >= b.end || b.start >= a.end) return;
            const [x, y] = [columns[i], columns[j]];
            if (!x || !y) throw new Error('a column is missing');
            expect(x.column >= y.column + y.width || y.column >= x.column + x.width).toBe(true);
          }),
        );
      }),
    );
  });
});

describe('layoutDay', () => {
  it('should draw the day of a clock change by the clock on the wall', () => {
    const placed = placeItems(
      [hours('lunch', '2026-10-25T12:00:00+01:00', '2026-10-25T13:00:00+01:00')],
      RANGE,
    );
    expect(layoutDay(placed, 6, RANGE)).toMatchObject([{ start: 720, end: 780 }]);
  });

  it('should draw a night on both of its days, and what ends at midnight on one', () => {
    const night = placeItems([hours('n', '2026-10-20T22:00:00+02:00', '2026-10-21T06:00:00+02:00')], RANGE);
    const evening = placeItems([hours('e', '2026-10-20T22:00:00+02:00', '2026-10-21T00:00:00+02:00')], RANGE);
    expect(layoutDay(night, 1, RANGE)).toMatchObject([{ start: 1320, end: 1440, goesOn: true }]);
    expect(layoutDay(night, 2, RANGE)).toMatchObject([{ start: 0, end: 360, isContinued: true }]);
    expect(layoutDay(evening, 1, RANGE)).toMatchObject([{ start: 1320, end: 1440, goesOn: false }]);
    expect(layoutDay(evening, 2, RANGE)).toEqual([]);
  });

  it('should leave to the bars what lasts a day', () => {
    const placed = placeItems([hours('d', '2026-10-20T10:00:00+02:00', '2026-10-21T10:00:00+02:00')], RANGE);
    expect(layoutDay(placed, 1, RANGE)).toEqual([]);
  });

  it('should keep what ends in the repeated hour in sight', () => {
    const placed = placeItems([hours('x', '2026-10-25T02:50:00+02:00', '2026-10-25T02:10:00+01:00')], RANGE);
    const [block] = layoutDay(placed, 6, RANGE);
    expect(block?.end).toBeGreaterThan(block?.start ?? Infinity);
  });
});
