import { describe, expect, it } from 'vitest';
import { formatUtc } from '../time/instant.ts';
import { parsePlainDate } from '../time/plain-date.ts';
import { parseTimeZone } from '../time/time-zone.ts';
import { periodFrom, type PeriodKind } from './period.ts';

const HOUR_MS = 3_600_000;

describe('periodFrom()', () => {
  it.each<[string, PeriodKind, string, string, number]>([
    ['a day', 'day', '2026-11-22', 'Europe/Berlin', 24],
    ['a day on which clocks are set forward', 'day', '2026-03-29', 'Europe/Berlin', 23],
    ['a day on which clocks are set back', 'day', '2026-10-25', 'Europe/Berlin', 25],
    ['a day of half an hour more', 'day', '2026-04-05', 'Australia/Lord_Howe', 24.5],
    ['a day that the zone skipped', 'day', '2011-12-30', 'Pacific/Apia', 0],
    ['a week with a clock change', 'week', '2026-03-23', 'Europe/Berlin', 7 * 24 - 1],
    ['a month', 'month', '2026-11-01', 'UTC', 30 * 24],
    ['a month from the 31st, clamped', 'month', '2026-01-31', 'UTC', 28 * 24],
    ['a month from the 31st in a leap year', 'month', '2028-01-31', 'UTC', 29 * 24],
    ['a month over the new year', 'month', '2026-12-15', 'UTC', 31 * 24],
    ['the last day of all', 'day', '9999-12-31', 'America/New_York', 24],
    ['the last month of all', 'month', '9999-12-31', 'UTC', 31 * 24],
  ])('should give %s its hours', (_, kind, date, zone, hours) => {
    const { start, end } = periodFrom(kind, parsePlainDate(date), parseTimeZone(zone));
    expect((end - start) / HOUR_MS).toBe(hours);
  });

  it('should begin at local midnight', () => {
    const { start } = periodFrom('day', parsePlainDate('2026-11-22'), parseTimeZone('Asia/Kathmandu'));
    expect(formatUtc(start)).toBe('2026-11-21T18:15:00Z');
  });
});
