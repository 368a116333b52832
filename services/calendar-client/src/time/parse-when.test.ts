import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { formatWhen } from './format-when.ts';
import { parseSpan, parseWhen, type When } from './parse-when.ts';
import { UnclearTime } from './unclear-time.ts';
import { ALL_WORDS, UNITS } from './words.ts';

/** A Wednesday. */
const NOW = Temporal.ZonedDateTime.from('2026-11-18T15:20:41[Europe/Berlin]');

function read(text: string, now = NOW): string {
  return print(parseWhen(text, { now }));
}

function print(when: When): string {
  return when.kind === 'date' ? when.date.toString() : when.time.toString({ timeZoneName: 'never' });
}

function failure(text: string, now = NOW): UnclearTime {
  try {
    parseWhen(text, { now });
  } catch (error) {
    if (error instanceof UnclearTime) return error;
    throw error;
  }
  throw new Error(`'${text}' was understood`);
}

describe('parseWhen', () => {
  it.each([
    ['2026-11-23T09:00', '2026-11-23T09:00:00+01:00'],
    ['2026-11-23t09:00:30', '2026-11-23T09:00:30+01:00'],
    ['2026-11-23 9:00', '2026-11-23T09:00:00+01:00'],
    ['2026-11-23T09:00Z', '2026-11-23T10:00:00+01:00'],
    ['2026-11-23T09:00-05:00', '2026-11-23T15:00:00+01:00'],
    ['2026-11-23', '2026-11-23'],
    ['mon 23 nov', '2026-11-23'],
    ['Mon 23 Nov 2026 9:00', '2026-11-23T09:00:00+01:00'],
    ['sunday, 2027-01-31', '2027-01-31'],
    ['today', '2026-11-18'],
    ['today 17', '2026-11-18T17:00:00+01:00'],
    ['Today at 5pm', '2026-11-18T17:00:00+01:00'],
    ['tomorrow 9:00', '2026-11-19T09:00:00+01:00'],
    ['9:00 tomorrow', '2026-11-19T09:00:00+01:00'],
    ['tomorrow, 9 am', '2026-11-19T09:00:00+01:00'],
    ['yesterday noon', '2026-11-17T12:00:00+01:00'],
    ['midnight', '2026-11-18T00:00:00+01:00'],
    ['9am', '2026-11-18T09:00:00+01:00'],
    ['12am', '2026-11-18T00:00:00+01:00'],
    ['12:30pm', '2026-11-18T12:30:00+01:00'],
    ['at 18', '2026-11-18T18:00:00+01:00'],
    ['mon 10:30', '2026-11-23T10:30:00+01:00'],
    ['wed', '2026-11-18'],
    ['wed 16:00', '2026-11-18T16:00:00+01:00'],
    ['wed 10:00', '2026-11-25T10:00:00+01:00'],
    ['on friday at 14', '2026-11-20T14:00:00+01:00'],
    ['this mon', '2026-11-16'],
    ['next friday 14:00', '2026-11-27T14:00:00+01:00'],
    ['last wednesday', '2026-11-11'],
    ['next week', '2026-11-23'],
    ['this month', '2026-11-01'],
    ['last month', '2026-10-01'],
    ['23 nov', '2026-11-23'],
    ['nov 23 9:00', '2026-11-23T09:00:00+01:00'],
    ['23rd november 2027 9', '2027-11-23T09:00:00+01:00'],
    ['17 nov', '2027-11-17'],
    ['29 feb', '2028-02-29'],
    ['in 2 hours', '2026-11-18T17:20:00+01:00'],
    ['in half an hour', '2026-11-18T15:50:00+01:00'],
    ['in an hour and 5 minutes', '2026-11-18T16:25:00+01:00'],
    ['+90m', '2026-11-18T16:50:00+01:00'],
    ['+ 1h30m', '2026-11-18T16:50:00+01:00'],
    ['in 3 days', '2026-11-21'],
    ['in 2 weeks 9:00', '2026-12-02T09:00:00+01:00'],
    ['in 1 month', '2026-12-18'],
    ['now', '2026-11-18T15:20:00+01:00'],
  ])('should read %s as %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['tomorow 9:00', 0, "'tomorow' is not understood here; did you mean 'tomorrow'?"],
    ['tomorrow 9:00 sharp', 14, "'sharp' is not understood here"],
    ['tomorrow 25:00', 9, "'25:00' has the hour 25; allowed are 0 to 23"],
    ['tomorrow 9:75', 9, "'9:75' has the minute 75; allowed are 00 to 59"],
    ['13pm', 0, "'13pm' has the hour 13; allowed are 1 to 12 with am or pm"],
    ['2026-02-30', 0, 'there is no day 30: February 2026 has the days 1 to 28'],
    ['2026-13-01', 0, 'there is no month 13; allowed are 1 to 12'],
    ['tue 23 nov', 7, '2026-11-23 is a Monday; leave the weekday out, or write mon'],
    ['9:00 noon', 5, "'noon' is not understood here"],
    ['31 nov', 0, 'there is no day 31: November has the days 1 to 30'],
    ['2026-02-30T10:00', 0, "'2026-02-30t10:00' names no time; check month, day, hour and minute"],
    ['11/12', 0, "'11/12' may mean day and month or month and day; write 23 nov or 2026-11-23"],
    ['tomorrow 9.30', 9, "'9.30' may be a time or a date; write 9:30 for the time"],
    ['next', 4, "'next' what? Allowed are a weekday, week and month: next friday"],
    ['november', 8, 'which day of november? Write 23 nov'],
    ['in two', 3, 'a length should follow, such as in 2 hours or +90m'],
    ['tomorrow at', 11, 'a time should follow, such as 9:00'],
    ['', 0, 'a day or a time is missing'],
  ])('should say where it stopped understanding %s', (text, index, reason) => {
    const error = failure(text);
    expect({ index: error.index, reason: error.reason }).toEqual({ index, reason });
  });

  it('should point an arrow at the place and give examples', () => {
    expect(failure('tomorrow 9:00 sharp').toLines().slice(1, 3)).toEqual([
      '  tomorrow 9:00 sharp',
      '                ^',
    ]);
    expect(failure('x').toLines().at(-1)).toMatch(/tomorrow 9:00.*in 2 hours/);
  });

  it('should name the gap where a clock change removes the hour', () => {
    const error = failure('2027-03-28 2:30');
    expect(error.reason).toBe(
      'there is no 02:30 on Sun 28 Mar 2027 in Europe/Berlin: clocks go from 02:00 to 03:00',
    );
  });

  it('should take the earlier of a doubled hour and say how to name the later', () => {
    const when = parseWhen('2027-10-31 2:30', { now: NOW });
    expect(print(when)).toBe('2027-10-31T02:30:00+02:00');
    expect(when.note).toMatch(/comes twice.*2027-10-31T02:30\+01:00/);
  });

  it('should say which friday the next one is where it is not the coming one', () => {
    expect(parseWhen('next friday', { now: NOW }).note).toMatch(/Fri 27 Nov 2026.*Fri 20 Nov 2026/);
    expect(parseWhen('next monday', { now: NOW }).note).toBeUndefined();
  });

  it('should read back every time that it prints, whatever the present is', () => {
    const minutes = fc.integer({ min: -30_000_000, max: 100_000_000 });
    const zones = fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'UTC',
    );
    fc.assert(
      fc.property(minutes, minutes, zones, (at, present, zone) => {
        const now = Temporal.Instant.fromEpochMilliseconds(present * 60_000).toZonedDateTimeISO(zone);
        const time = Temporal.Instant.fromEpochMilliseconds(at * 60_000).toZonedDateTimeISO(zone);
        const text = formatWhen({ kind: 'time', time, meant: 'wall-clock', saysDay: true });
        const again = parseWhen(text, { now });
        expect(print(again)).toBe(print({ kind: 'time', time, meant: 'instant', saysDay: true }));
        const date = formatWhen({ kind: 'date', date: time.toPlainDate() });
        expect(print(parseWhen(date, { now }))).toBe(date);
      }),
    );
  });

  it('should read back every change to and from summer time, minute by minute', () => {
    for (const day of ['2026-03-29T00:00', '2026-10-25T00:00']) {
      const first = Temporal.PlainDateTime.from(day).toZonedDateTime('Europe/Berlin');
      for (let minute = 0; minute < 300; minute += 5) {
        const time = first.add({ minutes: minute });
        const text = formatWhen({ kind: 'time', time, meant: 'wall-clock', saysDay: true });
        expect(print(parseWhen(text, { now: NOW }))).toBe(time.toString({ timeZoneName: 'never' }));
      }
    }
  });

  it('should never fail on any text but with a place within it', () => {
    const word = fc.constantFrom(
      ...ALL_WORDS,
      ...UNITS.keys(),
      'at',
      'on',
      'in',
      'and',
      '-',
      '+',
      '0',
      '9',
      '31',
      '9:00',
      '2026',
      'p1d',
    );
    const words = fc.array(fc.oneof(word, word, fc.string({ maxLength: 8 })), { maxLength: 6 });
    fc.assert(
      fc.property(words, (parts) => {
        const text = parts.join(' ');
        try {
          parseSpan(text, { now: NOW });
        } catch (error) {
          expect(error).toBeInstanceOf(UnclearTime);
          expect((error as UnclearTime).index).toBeLessThanOrEqual(text.length);
          expect((error as UnclearTime).index).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('parseSpan', () => {
  it.each([
    ['tomorrow 9:00-10:30', '2026-11-19T09:00:00+01:00', '2026-11-19T10:30:00+01:00'],
    ['fri 9 to 17', '2026-11-20T09:00:00+01:00', '2026-11-20T17:00:00+01:00'],
    ['fri 9-5pm', '2026-11-20T09:00:00+01:00', '2026-11-20T17:00:00+01:00'],
    ['fri 9-11pm', '2026-11-20T21:00:00+01:00', '2026-11-20T23:00:00+01:00'],
    ['fri 9:00 until sat 8:00', '2026-11-20T09:00:00+01:00', '2026-11-21T08:00:00+01:00'],
    ['fri 9:00 until fri 10:00', '2026-11-20T09:00:00+01:00', '2026-11-20T10:00:00+01:00'],
    ['20 dec to 24 dec', '2026-12-20', '2026-12-24'],
  ])('should read %s', (text, start, end) => {
    const span = parseSpan(text, { now: NOW });
    expect([print(span.start), span.end && print(span.end)]).toEqual([start, end]);
  });

  it('should read a length after for', () => {
    const span = parseSpan('mon 9:00 for 1h15m', { now: NOW });
    expect(span.length).toEqual({ months: 0, days: 0, minutes: 75 });
  });
});
