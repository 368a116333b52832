import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { makeDayRange, toEpochDay } from './day-range.ts';
import { followSpan, moveSpan, placeSpan, readSpan, resizeSpan, writeSpan, type Span } from './span.ts';

const BERLIN = 'Europe/Berlin';

function timed(start: string, end: string): Span {
  return { kind: 'timed', startMs: Date.parse(start), endMs: Date.parse(end) };
}

describe('moveSpan', () => {
  it('should keep the hour on the clock across a clock change', () => {
    const moved = moveSpan(
      timed('2026-10-23T09:00:00+02:00', '2026-10-23T10:00:00+02:00'),
      { days: 3 },
      BERLIN,
    );
    expect(moved).toEqual(timed('2026-10-26T09:00:00+01:00', '2026-10-26T10:00:00+01:00'));
  });

  it('should keep the length of a night in which the clock changes', () => {
    const moved = moveSpan(
      timed('2026-10-23T22:00:00+02:00', '2026-10-24T06:00:00+02:00'),
      { days: 1 },
      BERLIN,
    );
    expect(moved).toEqual(timed('2026-10-24T22:00:00+02:00', '2026-10-25T05:00:00+01:00'));
  });

  it('should move on by the gap from an hour that is skipped', () => {
    const moved = moveSpan(
      timed('2026-03-28T02:30:00+01:00', '2026-03-28T03:00:00+01:00'),
      { days: 1 },
      BERLIN,
    );
    expect(moved).toEqual(timed('2026-03-29T03:30:00+02:00', '2026-03-29T04:00:00+02:00'));
  });

  it('should move by minutes of the clock, also over midnight', () => {
    const moved = moveSpan(
      timed('2026-11-23T23:45:00+01:00', '2026-11-24T00:15:00+01:00'),
      { minutes: 30 },
      BERLIN,
    );
    expect(moved).toEqual(timed('2026-11-24T00:15:00+01:00', '2026-11-24T00:45:00+01:00'));
  });

  it('should never change a length', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4e12 }),
        fc.integer({ min: 1, max: 1e9 }),
        fc.integer({ min: -400, max: 400 }),
        fc.integer({ min: -1440, max: 1440 }),
        (startMs, length, days, minutes) => {
          const moved = moveSpan(
            { kind: 'timed', startMs, endMs: startMs + length },
            { days, minutes },
            BERLIN,
          );
          expect(moved.kind === 'timed' && moved.endMs - moved.startMs).toBe(length);
        },
      ),
    );
  });

  it('should move whole days by days alone', () => {
    expect(moveSpan({ kind: 'all-day', startDay: 5, endDay: 7 }, { days: -2, minutes: 99 }, BERLIN)).toEqual({
      kind: 'all-day',
      startDay: 3,
      endDay: 5,
    });
  });
});

describe('placeSpan', () => {
  const range = makeDayRange(Temporal.PlainDate.from('2026-11-23'), 7, BERLIN);

  it.each([
    ['an hour', timed('2026-11-24T09:00:00+01:00', '2026-11-24T10:00:00+01:00'), { first: 1, last: 1 }],
    [
      'what ends at midnight',
      timed('2026-11-24T22:00:00+01:00', '2026-11-25T00:00:00+01:00'),
      { first: 1, last: 1 },
    ],
    ['a night', timed('2026-11-24T22:00:00+01:00', '2026-11-25T00:00:01+01:00'), { first: 1, last: 2 }],
    [
      'what began before',
      timed('2026-11-20T22:00:00+01:00', '2026-11-23T01:00:00+01:00'),
      { first: -1, last: 0 },
    ],
    ['what goes on', timed('2026-11-29T22:00:00+01:00', '2026-12-03T01:00:00+01:00'), { first: 6, last: 7 }],
    ['what ended before', timed('2026-11-22T22:00:00+01:00', '2026-11-23T00:00:00+01:00'), undefined],
    ['what comes later', timed('2026-11-30T00:00:00+01:00', '2026-11-30T01:00:00+01:00'), undefined],
    [
      'a date, in whatever zone',
      { kind: 'all-day' as const, startDay: toEpochDay('2026-11-23'), endDay: toEpochDay('2026-11-24') },
      { first: 0, last: 0 },
    ],
  ])('should place %s', (_, span, placed) => {
    expect(placeSpan(span, range)).toEqual(placed);
  });
});

describe('the times of the API', () => {
  it('should be written in the zone of the event', () => {
    expect(writeSpan(timed('2026-11-23T08:00:00Z', '2026-11-23T09:30:00Z'), BERLIN)).toEqual({
      start: '2026-11-23T09:00:00+01:00',
      end: '2026-11-23T10:30:00+01:00',
      all_day: false,
    });
  });

  it('should always be read as they were written', () => {
    const span = fc.oneof(
      fc.record({
        kind: fc.constant('timed' as const),
        startMs: fc.integer({ min: 0, max: 4e9 }).map((s) => s * 1000),
      }),
      fc.record({ kind: fc.constant('all-day' as const), startDay: fc.integer({ min: 0, max: 50_000 }) }),
    );
    fc.assert(
      fc.property(
        span,
        fc.integer({ min: 1, max: 90 }),
        fc.constantFrom(BERLIN, 'UTC', 'Asia/Kathmandu'),
        (part, length, zone) => {
          const whole: Span =
            part.kind === 'timed'
              ? { ...part, endMs: part.startMs + length * 60_000 }
              : { ...part, endDay: part.startDay + length };
          expect(readSpan(writeSpan(whole, zone))).toEqual(whole);
        },
      ),
    );
  });
});

describe('followSpan', () => {
  it('should keep the hour of the wall for the rest of a series across a clock change, and take the new length', () => {
    const from = timed('2026-10-20T09:00:00+02:00', '2026-10-20T10:00:00+02:00');
    const to = timed('2026-10-21T10:30:00+02:00', '2026-10-21T12:00:00+02:00');
    const other = timed('2026-10-27T09:00:00+01:00', '2026-10-27T10:00:00+01:00');
    expect(followSpan(other, from, to, BERLIN)).toEqual(
      timed('2026-10-28T10:30:00+01:00', '2026-10-28T12:00:00+01:00'),
    );
  });

  it('should move days by days, and leave what is of another kind', () => {
    const days = (startDay: number, endDay: number): Span => ({ kind: 'all-day', startDay, endDay });
    expect(followSpan(days(10, 11), days(3, 4), days(5, 8), BERLIN)).toEqual(days(12, 15));
    const hour = timed('2026-11-24T09:00:00+01:00', '2026-11-24T10:00:00+01:00');
    expect(followSpan(hour, days(3, 4), days(5, 8), BERLIN)).toBe(hour);
  });
});

it('should keep what is resized long enough to be grabbed again', () => {
  const span = timed('2026-11-23T09:00:00Z', '2026-11-23T10:00:00Z');
  expect(resizeSpan(span, Date.parse('2026-11-23T08:00:00Z'), 900_000)).toEqual(
    timed('2026-11-23T09:00:00Z', '2026-11-23T09:15:00Z'),
  );
});
