import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { countUpTo } from './count-occurrences.ts';
import { expand } from './expand-series.ts';
import { first, last, next } from './find-occurrence.ts';
import { RecurrenceError } from './recurrence-error.ts';
import { parseRule } from './rule/parse-rule.ts';
import { createSeries, isBounded } from './series.ts';
import type { SeriesInit } from './series.ts';

const NINE = Temporal.PlainDateTime.from('2026-01-05T09:00');

function ids(init: SeriesInit): readonly string[] {
  return [...expand(createSeries(init))].map(({ recurrenceId }) => recurrenceId);
}

function refusal(init: SeriesInit): string {
  try {
    createSeries(init);
  } catch (error) {
    return error instanceof RecurrenceError ? error.code : 'another error';
  }
  return 'accepted';
}

describe('a series', () => {
  it('should begin with DTSTART also where the rule does not produce it, and count it', () => {
    expect(ids({ dtstart: NINE, rule: parseRule('FREQ=WEEKLY;BYDAY=TU;COUNT=3') })).toEqual([
      '2026-01-05T09:00:00Z',
      '2026-01-06T09:00:00Z',
      '2026-01-13T09:00:00Z',
    ]);
  });

  it('should add RDATEs once, beyond COUNT, and remove EXDATEs, DTSTART included', () => {
    const init = {
      dtstart: NINE,
      rule: parseRule('FREQ=DAILY;COUNT=3'),
      rdates: [
        Temporal.Instant.from('2026-01-06T09:00:00Z'),
        Temporal.PlainDateTime.from('2026-01-06T12:00'),
        Temporal.Instant.from('2026-02-01T00:00:00Z'),
      ],
      exdates: [NINE, Temporal.Instant.from('2026-01-07T09:00:00Z')],
    };
    expect(ids(init)).toEqual(['2026-01-06T09:00:00Z', '2026-01-06T12:00:00Z', '2026-02-01T00:00:00Z']);
  });

  it('should include an occurrence at UNTIL', () => {
    expect(ids({ dtstart: NINE, rule: parseRule('FREQ=DAILY;UNTIL=20260106T090000Z') })).toHaveLength(2);
    expect(ids({ dtstart: NINE, rule: parseRule('FREQ=DAILY;UNTIL=20260106T085959Z') })).toHaveLength(1);
    expect(
      ids({ dtstart: Temporal.PlainDate.from('2026-01-05'), rule: parseRule('FREQ=DAILY;UNTIL=20260106') }),
    ).toEqual(['2026-01-05', '2026-01-06']);
  });

  it.each([
    ['1969-12-31T23:59:58.000000001Z', '1969-12-31T23:59:59.999999999Z', ['1969-12-31T23:59:59Z']],
    ['1969-12-31T23:59:58Z', '1969-12-31T23:59:59.001Z', ['1969-12-31T23:59:58Z', '1969-12-31T23:59:59Z']],
    ['1970-01-01T00:00:00.0005Z', '1970-01-01T00:00:02Z', ['1970-01-01T00:00:01Z']],
  ])('should take the window from %s to %s to the nanosecond', (from, to, wanted) => {
    const rule = parseRule('FREQ=SECONDLY');
    const series = createSeries({ dtstart: Temporal.PlainDateTime.from('1969-12-31T00:00'), rule });
    const window = { from: Temporal.Instant.from(from), to: Temporal.Instant.from(to) };

    expect([...expand(series, window)].map(({ recurrenceId }) => recurrenceId)).toEqual(wanted);
    expect(next(series, Temporal.Instant.from(from))?.recurrenceId).toBe(
      from === '1970-01-01T00:00:00.0005Z' ? '1970-01-01T00:00:01Z' : '1969-12-31T23:59:59Z',
    );
  });

  it('should have one occurrence without a rule', () => {
    const series = createSeries({ dtstart: NINE });
    expect([isBounded(series), first(series)?.recurrenceId, last(series)?.recurrenceId]).toEqual([
      true,
      '2026-01-05T09:00:00Z',
      '2026-01-05T09:00:00Z',
    ]);
  });

  it('should find the next, the first and the last occurrence', () => {
    const series = createSeries({
      dtstart: NINE,
      rule: parseRule('FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=99991231T235959Z'),
    });
    expect(first(series)?.recurrenceId).toBe('2026-01-05T09:00:00Z');
    expect(next(series, Temporal.Instant.from('2026-02-28T09:00:00Z'))?.recurrenceId).toBe(
      '2026-03-31T09:00:00Z',
    );
    expect(next(series, Temporal.Instant.from('2026-02-28T08:59:59.999999999Z'))?.recurrenceId).toBe(
      '2026-02-28T09:00:00Z',
    );
    expect(last(series)?.recurrenceId).toBe('9999-12-31T09:00:00Z');
    expect(last(createSeries({ dtstart: NINE, rule: parseRule('FREQ=DAILY') }))).toBeUndefined();
  });

  it('should count up to a limit and say how many there are beyond it', () => {
    const series = (rule: string): ReturnType<typeof createSeries> =>
      createSeries({ dtstart: NINE, rule: parseRule(rule) });
    expect(countUpTo(series('FREQ=WEEKLY;COUNT=520'), 5000)).toEqual({ kind: 'exact', count: 520 });
    expect(countUpTo(series('FREQ=DAILY;COUNT=1000000'), 5000)).toEqual({
      kind: 'over',
      limit: 5000,
      about: 1_000_000,
    });
    expect(countUpTo(series('FREQ=DAILY'), 5000)).toEqual({ kind: 'over', limit: 5000, about: Infinity });
    const window = { to: Temporal.Instant.from('2028-01-05T09:00:00Z') };
    expect(countUpTo(series('FREQ=DAILY'), 5000, window)).toEqual({ kind: 'exact', count: 730 });
    expect(countUpTo(series('FREQ=HOURLY'), 5000, window)).toEqual({
      kind: 'over',
      limit: 5000,
      about: 730 * 24,
    });
  });

  it.each<[string, SeriesInit, string]>([
    [
      'a fraction of a second',
      { dtstart: Temporal.PlainDateTime.from('2026-01-05T09:00:00.5') },
      'invalid_dtstart',
    ],
    ['a year beyond four digits', { dtstart: Temporal.PlainDate.from('+010000-01-01') }, 'invalid_dtstart'],
    ['an unknown zone', { dtstart: NINE, timeZone: 'Europe/Atlantis' }, 'invalid_time_zone'],
    [
      'a date UNTIL for a time',
      { dtstart: NINE, rule: parseRule('FREQ=DAILY;UNTIL=20270101') },
      'until_mismatch',
    ],
    [
      'a local UNTIL for a time in a zone',
      { dtstart: NINE, rule: parseRule('FREQ=DAILY;UNTIL=20270101T000000') },
      'until_mismatch',
    ],
    [
      'a UTC UNTIL for a date',
      {
        dtstart: Temporal.PlainDate.from('2026-01-05'),
        rule: parseRule('FREQ=DAILY;UNTIL=20270101T000000Z'),
      },
      'until_mismatch',
    ],
    [
      'hours for a date',
      { dtstart: Temporal.PlainDate.from('2026-01-05'), rule: parseRule('FREQ=HOURLY') },
      'part_not_allowed',
    ],
    [
      'a date as EXDATE of times',
      { dtstart: NINE, exdates: [Temporal.PlainDate.from('2026-01-05')] },
      'invalid_date',
    ],
    [
      'a time as RDATE of dates',
      { dtstart: Temporal.PlainDate.from('2026-01-05'), rdates: [NINE] },
      'invalid_date',
    ],
    ['an RDATE before DTSTART', { dtstart: NINE, rdates: [NINE.subtract({ days: 1 })] }, 'invalid_date'],
    [
      'too many dates',
      { dtstart: NINE, exdates: Array.from({ length: 10_001 }, () => NINE) },
      'too_many_values',
    ],
  ])('should refuse %s', (_, init, code) => {
    expect(refusal(init)).toBe(code);
  });
});
