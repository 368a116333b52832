import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { RecurrenceError } from '../recurrence-error.ts';
import { LocalResolver } from './local-resolver.ts';
import { zoneOffsets } from './zone-offsets.ts';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Tehran',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'Africa/Freetown',
  'Europe/Amsterdam',
  'Africa/Monrovia',
  'Asia/Gaza',
  'America/Recife',
  'Antarctica/Troll',
  '+05:30',
];

function seconds(text: string): number {
  return Temporal.Instant.from(text).epochMilliseconds / 1000;
}

/** A fixed sequence of pseudo-random numbers below `bound`. */
function* numbers(bound: number): Generator<number, void, undefined> {
  for (let state = 12_345; ; state = (state * 48_271) % 2_147_483_647) {
    yield Math.floor((state / 2_147_483_647) * bound);
  }
}

describe('ZoneOffsets', () => {
  it.each(ZONES)(
    'should have the offsets of Temporal in %s, in the past, soon and in the far future',
    (id) => {
      const zone = zoneOffsets(id);
      const spans = [
        [seconds('1890-01-01T00:00:00Z'), seconds('1972-01-01T00:00:00Z'), 50],
        [seconds('1972-01-01T00:00:00Z'), seconds('2101-01-01T00:00:00Z'), 70],
        [seconds('2101-01-01T00:00:00Z'), seconds('9990-01-01T00:00:00Z'), 70],
      ] as const;
      for (const [from, to, samples] of spans) {
        const random = numbers(to - from);
        for (let sample = 0; sample < samples; sample += 1) {
          const time = from + (random.next().value ?? 0);
          const theirs =
            Temporal.Instant.fromEpochMilliseconds(time * 1000).toZonedDateTimeISO(id).offsetNanoseconds /
            1e9;
          expect([time, zone.offsetAt(time)]).toEqual([time, theirs]);
        }
      }
    },
  );

  it.each(ZONES)('should give stretches of %s in which the offset stays the same', (id) => {
    const zone = zoneOffsets(id);
    const offsetOf = (time: number): number =>
      Temporal.Instant.fromEpochMilliseconds(time * 1000).toZonedDateTimeISO(id).offsetNanoseconds / 1e9;
    const first = seconds('1900-01-01T00:00:00Z');
    for (const span of [seconds('2100-01-01T00:00:00Z') - first, seconds('9990-01-01T00:00:00Z') - first]) {
      const random = numbers(span);
      for (let sample = 0; sample < 40; sample += 1) {
        const time = first + (random.next().value ?? 0);
        const { from, to, offset } = zone.stretchAt(time);
        expect([from <= time, time < to]).toEqual([true, true]);
        expect([time, offset, offset, offset]).toEqual([
          time,
          offsetOf(from),
          offsetOf(time),
          offsetOf(to - 1),
        ]);
      }
    }
  });

  it('should give two stretches that meet at a change', () => {
    const zone = zoneOffsets('Europe/Berlin');
    const change = seconds('2026-03-29T01:00:00Z');
    expect(zone.stretchAt(change - 1)).toMatchObject({ to: change, offset: 3600 });
    expect(zone.stretchAt(change)).toMatchObject({ from: change, offset: 7200 });
    expect(zone.stretchAt(seconds('1700-01-01T00:00:00Z')).from).toBe(-Infinity);
  });

  it('should find every change to the second', () => {
    for (const [id, from] of [
      ['Europe/Berlin', '1979-06-01T00:00:00Z'],
      ['Africa/Freetown', '1939-08-01T00:00:00Z'],
      ['America/Recife', '2000-10-01T00:00:00Z'],
      ['Africa/Monrovia', '1971-12-01T00:00:00Z'],
      ['Pacific/Apia', '2011-12-01T00:00:00Z'],
      ['Asia/Gaza', '2040-09-01T00:00:00Z'],
    ] as const) {
      const zone = zoneOffsets(id);
      let at = Temporal.Instant.from(from).toZonedDateTimeISO(id);
      for (let count = 0; count < 3; count += 1) {
        const change = at.getTimeZoneTransition('next');
        if (change === null) {
          break;
        }
        const time = change.epochMilliseconds / 1000;
        expect([id, time, zone.offsetAt(time)]).toEqual([id, time, change.offsetNanoseconds / 1e9]);
        const before = Temporal.Instant.fromEpochMilliseconds((time - 1) * 1000).toZonedDateTimeISO(id);
        expect([id, time - 1, zone.offsetAt(time - 1)]).toEqual([
          id,
          time - 1,
          before.offsetNanoseconds / 1e9,
        ]);
        at = change;
      }
    }
  });

  it('should refuse an unknown zone by name', () => {
    expect(() => zoneOffsets('Mars/Olympus_Mons')).toThrow(RecurrenceError);
    expect(() => zoneOffsets('Mars/Olympus_Mons')).toThrow('"Mars/Olympus_Mons" is not a known time zone.');
  });
});

describe('LocalResolver', () => {
  it.each(ZONES)('should resolve wall-clock times in %s as Temporal does', (id) => {
    const resolver = new LocalResolver(zoneOffsets(id));
    const hours = [
      ['1975-01-01T00:00', 24 * 365 * 2],
      ['2011-12-20T00:00', 24 * 20],
      ['2026-03-01T00:00', 24 * 45],
      ['2026-09-20T00:00', 24 * 50],
      ['9001-03-01T00:00', 24 * 40],
    ] as const;
    for (const [from, count] of hours) {
      const start = Temporal.PlainDateTime.from(from);
      const base = start.toZonedDateTime('UTC').epochMilliseconds / 1000;
      for (let hour = 0; hour < count; hour += count > 2000 ? 37 : 2) {
        const local = start.add({ hours: hour, minutes: 20 });
        const theirs = local.toZonedDateTime(id, { disambiguation: 'compatible' }).epochMilliseconds / 1000;
        expect([hour, resolver.resolve(base + hour * 3600 + 1200)]).toEqual([hour, theirs]);
      }
    }
  });
});
