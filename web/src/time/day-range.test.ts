import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  findDay,
  fromEpochDay,
  makeDayRange,
  readWallMinutes,
  toEpochDay,
  toInstantMs,
} from './day-range.ts';

const BERLIN = 'Europe/Berlin';
const HOUR_MS = 3_600_000;

function date(text: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(text);
}

describe('makeDayRange', () => {
  it.each([
    ['2026-03-29', 23],
    ['2026-10-25', 25],
    ['2026-11-23', 24],
  ])('should make %s in Berlin %i hours long', (day, hours) => {
    const { startsMs } = makeDayRange(date(day), 1, BERLIN);
    expect(((startsMs[1] ?? 0) - (startsMs[0] ?? 0)) / HOUR_MS).toBe(hours);
  });

  it('should begin a day later where its midnight is skipped', () => {
    const { startsMs } = makeDayRange(date('2018-11-04'), 1, 'America/Sao_Paulo');
    expect(new Date(startsMs[0] ?? 0).toISOString()).toBe('2018-11-04T03:00:00.000Z');
  });
});

describe('findDay', () => {
  const range = makeDayRange(date('2026-10-24'), 3, BERLIN);

  it.each([
    ['2026-10-23T21:59:59Z', -1],
    ['2026-10-23T22:00:00Z', 0],
    ['2026-10-24T22:00:00Z', 1],
    // The day of the clock change is an hour longer.
    ['2026-10-25T22:59:59Z', 1],
    ['2026-10-25T23:00:00Z', 2],
    ['2026-10-26T23:00:00Z', 3],
  ])('should find %s on day %i', (instant, day) => {
    expect(findDay(range, Date.parse(instant))).toBe(day);
  });
});

describe('the wall clock', () => {
  const autumn = makeDayRange(date('2026-10-25'), 1, BERLIN);
  const spring = makeDayRange(date('2026-03-29'), 1, BERLIN);

  it('should show the hour that comes twice twice', () => {
    expect(readWallMinutes(autumn, 0, Date.parse('2026-10-25T00:30:00Z'))).toBe(150);
    expect(readWallMinutes(autumn, 0, Date.parse('2026-10-25T01:30:00Z'))).toBe(150);
    expect(readWallMinutes(autumn, 0, Date.parse('2026-10-25T17:00:00Z'))).toBe(18 * 60);
  });

  it('should show no hour that is skipped', () => {
    expect(readWallMinutes(spring, 0, Date.parse('2026-03-29T00:59:00Z'))).toBe(119);
    expect(readWallMinutes(spring, 0, Date.parse('2026-03-29T01:00:00Z'))).toBe(180);
  });

  it('should move on by the gap from an hour that is skipped', () => {
    expect(new Date(toInstantMs(date('2026-03-29'), 150, BERLIN)).toISOString()).toBe(
      '2026-03-29T01:30:00.000Z',
    );
  });

  it('should mean midnight of the next day by 24 hours', () => {
    expect(toInstantMs(date('2026-10-25'), 1440, BERLIN)).toBe(autumn.startsMs[1]);
  });

  it('should always read what it wrote, where the hour exists', () => {
    const zones = [
      'UTC',
      BERLIN,
      'America/New_York',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'Pacific/Apia',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 40_000 }),
        fc.integer({ min: 0, max: 1439 }),
        (zone, day, minutes) => {
          const range = makeDayRange(fromEpochDay(day), 1, zone);
          const ms = toInstantMs(fromEpochDay(day), minutes, zone);
          const wall = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
          fc.pre(wall.hour * 60 + wall.minute === minutes && wall.toPlainDate().equals(fromEpochDay(day)));
          expect(findDay(range, ms)).toBe(0);
          expect(readWallMinutes(range, 0, ms)).toBe(minutes);
        },
      ),
    );
  });
});

it('should count days since 1970 there and back', () => {
  expect(toEpochDay('1970-01-02')).toBe(1);
  expect(fromEpochDay(toEpochDay('2026-11-23')).toString()).toBe('2026-11-23');
});
