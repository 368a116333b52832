import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { createSeries, expand, parseRule } from '../src/index.ts';

interface Given {
  readonly dtstart: string;
  readonly timeZone: string;
  readonly rule: string;
  readonly from?: string;
  readonly to?: string;
}

/** The starts as `MM-DD HH:MM offset` on the wall clock of the zone. */
function starts({ dtstart, timeZone, rule, from, to }: Given): readonly string[] {
  const isDate = !dtstart.includes('T');
  const series = createSeries({
    dtstart: isDate ? Temporal.PlainDate.from(dtstart) : Temporal.PlainDateTime.from(dtstart),
    timeZone,
    rule: parseRule(rule),
  });
  const at = (text: string): Temporal.Instant =>
    Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).toInstant();
  const window = {
    ...(from === undefined ? {} : { from: at(from) }),
    ...(to === undefined ? {} : { to: at(to) }),
  };
  return [...expand(series, window)].map(
    ({ start }) => `${start.toPlainDateTime().toString().slice(5, 16).replace('T', ' ')} ${start.offset}`,
  );
}

describe('clock changes', () => {
  it('should keep the wall-clock hour across both changes of a year', () => {
    expect(
      starts({ dtstart: '2026-03-28T09:00', timeZone: 'Europe/Berlin', rule: 'FREQ=DAILY;COUNT=2' }),
    ).toEqual(['03-28 09:00 +01:00', '03-29 09:00 +02:00']);
    expect(
      starts({ dtstart: '2026-10-31T09:00', timeZone: 'America/New_York', rule: 'FREQ=DAILY;COUNT=2' }),
    ).toEqual(['10-31 09:00 -04:00', '11-01 09:00 -05:00']);
  });

  it('should move an instance in a removed hour forward by the gap, and go back to its hour on the next day', () => {
    expect(
      starts({ dtstart: '2026-03-28T02:30', timeZone: 'Europe/Berlin', rule: 'FREQ=DAILY;COUNT=3' }),
    ).toEqual(['03-28 02:30 +01:00', '03-29 03:30 +02:00', '03-30 02:30 +02:00']);
  });

  it('should take the earlier of the two in a doubled hour', () => {
    expect(
      starts({ dtstart: '2026-10-24T02:30', timeZone: 'Europe/Berlin', rule: 'FREQ=DAILY;COUNT=3' }),
    ).toEqual(['10-24 02:30 +02:00', '10-25 02:30 +02:00', '10-26 02:30 +01:00']);
  });

  it('should know changes of half an hour', () => {
    const rule = 'FREQ=DAILY;COUNT=2';
    expect(starts({ dtstart: '2026-10-03T02:15', timeZone: 'Australia/Lord_Howe', rule })).toEqual([
      '10-03 02:15 +10:30',
      '10-04 02:45 +11:00',
    ]);
    expect(starts({ dtstart: '2026-04-04T01:45', timeZone: 'Australia/Lord_Howe', rule })).toEqual([
      '04-04 01:45 +11:00',
      '04-05 01:45 +11:00',
    ]);
  });

  it('should know the pause of summer time in Ramadan', () => {
    const weekly = {
      dtstart: '2019-04-28T09:00',
      timeZone: 'Africa/Casablanca',
      rule: 'FREQ=WEEKLY;COUNT=7',
    };
    expect(starts(weekly)).toEqual([
      '04-28 09:00 +01:00',
      '05-05 09:00 +00:00',
      '05-12 09:00 +00:00',
      '05-19 09:00 +00:00',
      '05-26 09:00 +00:00',
      '06-02 09:00 +00:00',
      '06-09 09:00 +01:00',
    ]);
  });

  it('should know midnight changes, and the years in which Tehran gave summer time up', () => {
    expect(
      starts({ dtstart: '2022-03-21T00:30', timeZone: 'Asia/Tehran', rule: 'FREQ=DAILY;COUNT=2' }),
    ).toEqual(['03-21 00:30 +03:30', '03-22 01:30 +04:30']);
    expect(
      starts({ dtstart: '2021-06-01T09:00', timeZone: 'Asia/Tehran', rule: 'FREQ=YEARLY;COUNT=3' }),
    ).toEqual(['06-01 09:00 +04:30', '06-01 09:00 +04:30', '06-01 09:00 +03:30']);
  });

  it('should move what falls on the day that Apia lost forward by that day, beside the next day’s own', () => {
    expect(
      starts({ dtstart: '2011-12-29T10:00', timeZone: 'Pacific/Apia', rule: 'FREQ=DAILY;COUNT=4' }),
    ).toEqual(['12-29 10:00 -10:00', '12-31 10:00 +14:00', '01-01 10:00 +14:00']);
    const hours = {
      dtstart: '2011-12-29T17:00',
      timeZone: 'Pacific/Apia',
      rule: 'FREQ=HOURLY;INTERVAL=7;COUNT=8',
    };
    // 00:00, 07:00, 14:00 and 21:00 of the lost day, among 04:00, 11:00 and 18:00 of the next.
    expect(starts(hours)).toEqual([
      '12-29 17:00 -10:00',
      '12-31 00:00 +14:00',
      '12-31 04:00 +14:00',
      '12-31 07:00 +14:00',
      '12-31 11:00 +14:00',
      '12-31 14:00 +14:00',
      '12-31 18:00 +14:00',
      '12-31 21:00 +14:00',
    ]);
  });

  it('should count hours on the wall clock, so that a change makes a longer or a shorter step', () => {
    const rule = 'FREQ=HOURLY';
    const spring = { dtstart: '2026-03-29T00:00', timeZone: 'Europe/Berlin', rule, to: '2026-03-29T05:00' };
    expect(starts(spring)).toEqual([
      '03-29 00:00 +01:00',
      '03-29 01:00 +01:00',
      '03-29 03:00 +02:00',
      '03-29 04:00 +02:00',
    ]);
    const autumn = { dtstart: '2026-10-25T01:00', timeZone: 'Europe/Berlin', rule, to: '2026-10-25T04:00' };
    expect(starts(autumn)).toEqual(['10-25 01:00 +02:00', '10-25 02:00 +02:00', '10-25 03:00 +01:00']);
  });

  it('should follow a zone whose rules changed', () => {
    // Until 2006 the United States went back on the last Sunday of October, from 2007 on the first of November.
    const yearly = { dtstart: '2005-11-02T09:00', timeZone: 'America/New_York', rule: 'FREQ=YEARLY;COUNT=3' };
    expect(starts(yearly)).toEqual(['11-02 09:00 -05:00', '11-02 09:00 -05:00', '11-02 09:00 -04:00']);
    const moscow = { dtstart: '2010-12-01T09:00', timeZone: 'Europe/Moscow', rule: 'FREQ=YEARLY;COUNT=5' };
    expect(starts(moscow).map((text) => text.slice(-6))).toEqual([
      '+03:00',
      '+04:00',
      '+04:00',
      '+04:00',
      '+03:00',
    ]);
  });

  it('should keep the instant of a DTSTART in the second pass of a doubled hour', () => {
    const dtstart = Temporal.ZonedDateTime.from('2026-10-25T02:30:00+01:00[Europe/Berlin]');
    const series = createSeries({ dtstart, rule: parseRule('FREQ=DAILY;COUNT=2') });
    expect([...expand(series)].map(({ recurrenceId }) => recurrenceId)).toEqual([
      '2026-10-25T01:30:00Z',
      '2026-10-26T01:30:00Z',
    ]);
  });

  it('should begin an all-day occurrence at the midnight of its zone and name it by its date', () => {
    const series = createSeries({
      dtstart: Temporal.PlainDate.from('2026-03-28'),
      timeZone: 'Europe/Berlin',
      rule: parseRule('FREQ=DAILY;BYHOUR=9,10;COUNT=3'),
    });
    expect(
      [...expand(series)].map(({ recurrenceId, startMs }) => [recurrenceId, new Date(startMs).toISOString()]),
    ).toEqual([
      ['2026-03-28', '2026-03-27T23:00:00.000Z'],
      ['2026-03-29', '2026-03-28T23:00:00.000Z'],
      ['2026-03-30', '2026-03-29T22:00:00.000Z'],
    ]);
  });
});
