import { fromBinary, type JsonObject } from '@bufbuild/protobuf';
import { EventSchema } from '@daywatch/protocol/calendar';
import { describe, expect, it } from 'vitest';
import { useApi } from './_support/describe-refusals.ts';

type AcceptedCase = readonly [what: string, input: JsonObject, start: string, end: string];

const berlin = { time_zone: 'Europe/Berlin', duration: 'PT1H' };

// prettier-ignore
const ACCEPTED_CASES: readonly AcceptedCase[] = [
  ['the hour that a clock change doubles, the earlier', { ...berlin, start: '2026-10-25T02:30:00' }, '2026-10-25T02:30:00+02:00', '2026-10-25T02:30:00+01:00'],
  ['the later one, by its offset', { ...berlin, start: '2026-10-25T02:30:00+01:00' }, '2026-10-25T02:30:00+01:00', '2026-10-25T03:30:00+01:00'],
  ['the first second after the removed hour', { ...berlin, start: '2026-03-29T03:00:00' }, '2026-03-29T03:00:00+02:00', '2026-03-29T04:00:00+02:00'],
  ['29 February of a leap year', { start: '2028-02-29T09:00:00Z', duration: 'PT1H' }, '2028-02-29T09:00:00Z', '2028-02-29T10:00:00Z'],
  ['the first second of the year 1', { start: '0001-01-01T00:00:00Z', duration: 'PT1S' }, '0001-01-01T00:00:00Z', '0001-01-01T00:00:01Z'],
  ['the first day of the year 1', { start: '0001-01-01', all_day: true }, '0001-01-01', '0001-01-02'],
  ['the last second of the year 9999', { start: '9999-12-31T23:59:58Z', end: '9999-12-31T23:59:59Z' }, '9999-12-31T23:59:58Z', '9999-12-31T23:59:59Z'],
  ['the last day but one of the year 9999', { start: '9999-12-30', all_day: true, time_zone: 'America/New_York' }, '9999-12-30', '9999-12-31'],
  ['all the years at once', { start: '0001-01-01T00:00:00Z', end: '9999-12-31T23:59:59Z' }, '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z'],
  ['a fraction of nothing', { start: '2026-11-24T12:00:00.000Z', duration: 'PT1H' }, '2026-11-24T12:00:00Z', '2026-11-24T13:00:00Z'],
  ['the longest texts', { title: '😀'.repeat(200), location: 'ß'.repeat(1000), description: '日'.repeat(20_000), start: '2026-11-24T12:00:00Z', duration: 'PT1H' }, '2026-11-24T12:00:00Z', '2026-11-24T13:00:00Z'],
  ['quotes and backslashes', { title: `'; DROP TABLE events; -- "\\`, start: '2026-11-24T12:00:00Z', duration: 'PT1H' }, '2026-11-24T12:00:00Z', '2026-11-24T13:00:00Z'],
];

/** 749 values: every number that a weekday of a year can have, and none. */
const EVERY_WEEKDAY = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'].flatMap((day) => [
  day,
  ...Array.from({ length: 53 }, (_, i) => [`${i + 1}${day}`, `-${i + 1}${day}`]).flat(),
]);

describe('input that looks bad and is good', () => {
  const subject = useApi();

  it.each(ACCEPTED_CASES)('should be accepted over both APIs: %s', async (_, input, start, end) => {
    const { http, grpc, api } = subject();
    const event = { title: 'Odd', busy: false, ...input };
    const overHttp = await http('CreateEvent', event);
    const overGrpc = await grpc.call('CreateEvent', event);
    expect(overHttp.body).toContain('"id"');
    expect(JSON.parse(overHttp.body)).toMatchObject({ title: event.title, start, end });
    expect(overGrpc).toMatchObject({ status: 'OK' });
    if ('bytes' in overGrpc) {
      expect(fromBinary(EventSchema, overGrpc.bytes)).toMatchObject({ title: event.title, start, end });
    }
    expect(api.failures()).toEqual([]);
  });

  /** Rules that cost much to follow, and what they come to in their first month. */
  it.each([
    ['a day that is never', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 1],
    ['the position of what is never', 'FREQ=SECONDLY;BYSETPOS=366;BYMONTH=2;BYMONTHDAY=30;COUNT=2', 1],
    ['the last days of months', 'FREQ=DAILY;BYMONTHDAY=-1', 2],
    ['every value of BYDAY', `FREQ=YEARLY;BYDAY=${EVERY_WEEKDAY.join(',')};COUNT=20`, 20],
    ['the largest INTERVAL', 'FREQ=HOURLY;INTERVAL=2147483647', 1],
    ['a clock that drifts', 'FREQ=MINUTELY;INTERVAL=1439;BYMONTHDAY=24;COUNT=2', 1],
    ['UNTIL in the year 9999', 'FREQ=YEARLY;INTERVAL=2;UNTIL=99991231T235959Z', 1],
  ])('should be accepted over both APIs, with its occurrences: %s', async (_, rrule, expected) => {
    const { http, grpc, api } = subject();
    const event = { title: 'Odd rule', start: '2035-11-24T12:00:00Z', duration: 'PT1S', busy: false };
    const overGrpc = await grpc.call('CreateEvent', { ...event, recurrence: { rrule } });
    const overHttp = await http('CreateEvent', { ...event, recurrence: { rrule } });
    expect(overGrpc).toMatchObject({ status: 'OK' });
    const { id } = JSON.parse(overHttp.body) as { id: string };
    const listed = await http('ListMonth', { date: '2035-11-24', time_zone: 'UTC', page_size: 1000 });
    const { occurrences } = JSON.parse(listed.body) as { occurrences: readonly { event_id: string }[] };
    expect(occurrences.filter(({ event_id }) => event_id === id)).toHaveLength(expected);
    expect(api.failures()).toEqual([]);
  });

  it.each(['0001-01-01', '9999-12-31', '9999-12-01', '2011-12-30'])('should list from %s', async (date) => {
    const { http, grpc } = subject();
    for (const operation of ['ListDay', 'ListWeek', 'ListMonth'] as const) {
      for (const zone of ['UTC', 'Asia/Tokyo', 'America/New_York', 'Pacific/Apia']) {
        const input = { date, time_zone: zone };
        expect(await http(operation, input)).toMatchObject({ status: 200 });
        expect(await grpc.call(operation, input)).toMatchObject({ status: 'OK' });
      }
    }
  });
});
