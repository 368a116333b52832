import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { formatDateTime } from './date-time-text.ts';
import { parseDuration, formatDuration } from './duration.ts';
import { formatZoned } from './format-time.ts';
import { MAX_INSTANT, MIN_INSTANT, toInstant } from './instant.ts';
import { resolveLocal, startOfDay } from './local-time.ts';
import { parseInstant, parseTime } from './parse-time.ts';
import { parsePlainDate } from './plain-date.ts';
import { parseTimeZone } from './time-zone.ts';
import { offsetAt } from './zone-offsets.ts';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Tehran',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'America/St_Johns',
].map(parseTimeZone);

const zones = fc.constantFrom(...ZONES);
const instants = fc
  .integer({ min: MIN_INSTANT / 1000, max: MAX_INSTANT / 1000 })
  .map((seconds) => toInstant(seconds * 1000));
const recentInstants = fc
  .integer({ min: -2_200_000_000, max: 4_000_000_000 })
  .map((seconds) => toInstant(seconds * 1000));

describe('offsetAt()', () => {
  it('should always agree with Temporal', () => {
    fc.assert(
      fc.property(zones, fc.oneof(instants, recentInstants), (zone, instant) => {
        const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
        expect(offsetAt(zone, instant)).toBe(zoned.offsetNanoseconds / 1e6);
      }),
      { numRuns: 1000 },
    );
  });

  it('should change at the very instant of a transition', () => {
    const zone = parseTimeZone('Europe/Berlin');
    const change = parseInstant('2026-03-29T01:00:00Z');
    expect(offsetAt(zone, toInstant(change - 1))).toBe(3_600_000);
    expect(offsetAt(zone, change)).toBe(7_200_000);
  });
});

describe('resolveLocal()', () => {
  it('should always agree with Temporal: the earlier of two, and a gap where Temporal has none', () => {
    fc.assert(
      fc.property(zones, recentInstants, (zone, utc) => {
        const local = Temporal.Instant.fromEpochMilliseconds(utc).toZonedDateTimeISO('UTC').toPlainDateTime();
        const resolution = resolveLocal(zone, utc);
        const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
        const exists = earlier.toPlainDateTime().equals(local);
        if (resolution.kind === 'instant')
          expect([resolution.instant, true]).toEqual([earlier.epochMilliseconds, exists]);
        else expect(exists).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['Europe/Berlin', '2026-03-29T02:30:00', 'from 2026-03-29T02:00:00 to 2026-03-29T03:00:00'],
    ['America/New_York', '2026-03-08T02:00:00', 'from 2026-03-08T02:00:00 to 2026-03-08T03:00:00'],
    ['Australia/Lord_Howe', '2026-10-04T02:15:00', 'from 2026-10-04T02:00:00 to 2026-10-04T02:30:00'],
    ['Pacific/Apia', '2011-12-30T12:00:00', 'from 2011-12-30T00:00:00 to 2011-12-31T00:00:00'],
  ])('should refuse what a clock change removes in %s and name the gap', (zone, text, gap) => {
    expect(() => parseTime(text, parseTimeZone(zone))).toThrow(
      `does not exist in ${zone}: clocks jump ${gap}`,
    );
  });

  it.each([
    ['Europe/Berlin', '2026-10-25T02:30:00', '2026-10-25T00:30:00Z'],
    ['America/New_York', '2026-11-01T01:59:59', '2026-11-01T05:59:59Z'],
    ['Australia/Lord_Howe', '2026-04-05T01:45:00', '2026-04-04T14:45:00Z'],
  ])('should take the earlier where clocks are set back in %s', (zone, text, utc) => {
    expect(parseTime(text, parseTimeZone(zone))).toBe(parseInstant(utc));
  });
});

describe('startOfDay()', () => {
  it('should be the end of the gap where the clock change swallows midnight', () => {
    // Beirut's clocks jumped from 00:00 to 01:00 on 2026-03-29.
    expect(startOfDay(parseTimeZone('Asia/Beirut'), parsePlainDate('2026-03-29'))).toBe(
      parseInstant('2026-03-28T22:00:00Z'),
    );
  });
});

describe('formatDateTime()', () => {
  it('should always print what Date prints', () => {
    fc.assert(
      fc.property(fc.oneof(instants, recentInstants), (instant) => {
        expect(formatDateTime(instant)).toBe(new Date(instant).toISOString().slice(0, 19));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('formatZoned()', () => {
  it('should always read back as the same instant', () => {
    fc.assert(
      fc.property(zones, fc.oneof(instants, recentInstants), (zone, instant) => {
        expect(parseInstant(formatZoned(zone, instant))).toBe(instant);
      }),
      { numRuns: 1000 },
    );
  });

  it('should give UTC where the zone had an offset with seconds', () => {
    const zone = parseTimeZone('Europe/Berlin');
    expect(formatZoned(zone, parseInstant('1880-01-01T00:00:00Z'))).toBe('1880-01-01T00:00:00Z');
  });

  it('should carry the offset of then', () => {
    const zone = parseTimeZone('Asia/Kathmandu');
    expect(formatZoned(zone, parseInstant('2026-01-01T00:00:00Z'))).toBe('2026-01-01T05:45:00+05:45');
  });
});

describe('parseTime()', () => {
  const berlin = parseTimeZone('Europe/Berlin');

  it.each([
    ['2026-02-30T10:00:00', '2026-02 has the days 01 to 28'],
    ['2100-02-29T10:00:00Z', '2100-02 has the days 01 to 28'],
    ['2026-13-01T10:00:00', 'the month 13'],
    ['2026-00-01T10:00:00', 'the month 0'],
    ['2026-01-01T24:00:00', 'the hour 24'],
    ['2026-01-01T10:60:00', 'the minute 60'],
    ['2026-06-30T23:59:60Z', 'the second 60'],
    ['2026-01-01T10:00:00.5Z', 'a fraction of a second'],
    ['2026-01-01T10:00:00+24:00', 'the offset +24:00'],
    ['0000-01-01T10:00:00Z', 'the year 0000'],
    ['9999-12-31T23:30:00-01:00', 'outside the years'],
    ['tomorrow', 'is not a time'],
    ['', 'is not a time'],
    ['20260101T100000Z', 'is not a time'],
    ['2026-01-01 10:00:00', 'is not a time'],
  ])("should refuse '%s' and say why", (text, reason) => {
    expect(() => parseTime(text, berlin)).toThrow(reason);
  });

  it.each([
    ['2026-01-01T10:00:00.000Z', '2026-01-01T10:00:00Z'],
    ['2026-01-01t10:00:00z', '2026-01-01T10:00:00Z'],
    ['2026-01-01T10:00+01:00', '2026-01-01T09:00:00Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59Z'],
  ])("should read '%s'", (text, utc) => {
    expect(parseTime(text, berlin)).toBe(parseInstant(utc));
  });
});

describe('parseTimeZone()', () => {
  it.each(['Mars/Olympus', '+02:00', '', 'Europe/Berlin; DROP TABLE', 'x'.repeat(1000)])(
    "should refuse '%s'",
    (text) => {
      expect(() => parseTimeZone(text)).toThrow('no known time zone');
    },
  );

  it.each([
    ['europe/berlin', 'Europe/Berlin'],
    ['utc', 'UTC'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['Asia/Calcutta', 'Asia/Calcutta'],
  ])("should read '%s' as '%s'", (text, zone) => {
    expect(parseTimeZone(text)).toBe(zone);
  });
});

describe('durations', () => {
  it('should always print what reads back the same', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000_000), (days, seconds) => {
        expect(parseDuration(formatDuration({ days, seconds }))).toEqual({ days, seconds });
      }),
    );
  });

  it.each(['', 'P', 'PT', 'P1DT', '15M', 'PT1.5H', 'P1Y', '-PT15M', 'PT-15M'])(
    "should refuse '%s'",
    (text) => {
      expect(() => parseDuration(text)).toThrow(RangeError);
    },
  );

  it.each([
    ['P1W', 'P7D'],
    ['PT90M', 'PT1H30M'],
    ['PT24H', 'PT24H'],
    ['PT0S', 'PT0S'],
  ])("should print '%s' as '%s'", (text, canonical) => {
    expect(formatDuration(parseDuration(text))).toBe(canonical);
  });
});
