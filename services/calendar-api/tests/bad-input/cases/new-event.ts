import type { JsonObject } from '@bufbuild/protobuf';
import type { Case } from '../_support/describe-refusals.ts';
import { BOBS_CALENDAR, EVENT, NOTHING } from '../_support/fixtures.ts';

const LUNCH = { title: 'Lunch', start: '2026-11-24T12:00:00Z', duration: 'PT1H' };
const { title, start } = LUNCH;
const NO_TITLE = 'title: is missing; allowed are 1 to 200 characters';
const NO_START = 'start: is missing; give a time, or a date for an all-day event';
const NO_END = 'end: is missing; give end or duration';

/** A new event that would be fine but for this. */
function lunch(change: JsonObject): JsonObject {
  return { ...LUNCH, ...change };
}

// prettier-ignore
export const NEW_EVENT_CASES: readonly Case[] = [
  // What is missing, null or empty.
  ['nothing at all', 'CreateEvent', {}, 'invalid_event', NO_START],
  ['no title', 'CreateEvent', { start, duration: 'PT1H' }, 'invalid_event', NO_TITLE],
  ['a title that is null', 'CreateEvent', lunch({ title: null }), 'invalid_event', NO_TITLE],
  ['an empty title', 'CreateEvent', lunch({ title: '' }), 'invalid_event', { http: 'title: is empty; allowed are 1 to 200 characters', grpc: NO_TITLE }],
  ['a blank title', 'CreateEvent', lunch({ title: ' \u3000 ' }), 'invalid_event', 'title: is empty; allowed are 1 to 200 characters'],
  ['no start', 'CreateEvent', { title, duration: 'PT1H' }, 'invalid_event', NO_START],
  ['a start that is null', 'CreateEvent', lunch({ start: null }), 'invalid_event', NO_START],
  ['an empty start', 'CreateEvent', lunch({ start: '' }), 'invalid_event', NO_START],
  ['neither end nor duration', 'CreateEvent', { title, start }, 'invalid_event', NO_END],
  ['end and duration null', 'CreateEvent', lunch({ duration: null, end: null }), 'invalid_event', NO_END],
  ['an empty duration', 'CreateEvent', lunch({ duration: '' }), 'invalid_event', { http: "duration: '' is not a duration; allowed is ISO 8601", grpc: NO_END }],
  ['an empty zone', 'CreateEvent', lunch({ time_zone: '' }), 'invalid_event', { http: "time_zone: '' is no known time zone; allowed are IANA names such as Europe/Berlin or UTC" }],
  ['an empty reminder', 'CreateEvent', lunch({ notify_before: [''] }), 'invalid_event', "notify_before[0]: '' is not a duration; allowed is ISO 8601"],
  ['everything wrong at once', 'CreateEvent', { title: ' ', start: 'x', duration: 'y', time_zone: 'UTC' }, 'invalid_event', "duration: 'y' is not a duration"],

  // Lengths.
  ['a title of 201 characters', 'CreateEvent', lunch({ title: '😀'.repeat(201) }), 'invalid_event', 'title: has 201 characters; allowed are 1 to 200'],
  ['a location of 1,001 characters', 'CreateEvent', lunch({ location: 'x'.repeat(1001) }), 'invalid_event', 'location: has 1001 characters; allowed are 0 to 1000'],
  ['a description of 20,001 characters', 'CreateEvent', lunch({ description: 'x'.repeat(20_001) }), 'invalid_event', 'description: has 20001 characters; allowed are 0 to 20000'],
  ['a uid of 256 characters', 'CreateEvent', lunch({ uid: 'u'.repeat(256) }), 'invalid_event', 'uid: has 256 characters; allowed are 1 to 255'],
  ['21 reminders', 'CreateEvent', lunch({ notify_before: Array.from({ length: 21 }, () => 'PT1M') }), 'invalid_event', 'notify_before: has 21 reminders; allowed are 0 to 20'],
  ['10,000 reminders', 'CreateEvent', lunch({ notify_before: Array.from({ length: 10_000 }, () => 'x') }), 'invalid_event', 'notify_before: has 10000 reminders; allowed are 0 to 20'],
  ['a start of 10,000 characters', 'CreateEvent', lunch({ start: '2'.repeat(10_000) }), 'invalid_event', "start: '222222222222222222222222222222222222222222222222222222222…' is not a time"],
  ['a fraction of 10,000 digits', 'CreateEvent', lunch({ start: `2026-11-24T12:00:00.${'1'.repeat(10_000)}Z` }), 'invalid_event', 'has a fraction of a second; allowed are whole seconds'],
  ['a zone of 10,000 characters', 'CreateEvent', lunch({ time_zone: 'E'.repeat(10_000) }), 'invalid_event', "…' is no known time zone"],
  ['an id of 10,000 characters', 'CreateEvent', lunch({ id: '0'.repeat(10_000) }), 'invalid_event', "…' is not a UUID; allowed is the form"],

  // Order and length of time.
  ['the end before the start', 'CreateEvent', { title, start, end: '2026-11-24T11:00:00Z' }, 'invalid_event', "end: '2026-11-24T11:00:00Z' is not after the start '2026-11-24T12:00:00Z'; allowed is a later time"],
  ['the end at the start', 'CreateEvent', { title, start, end: '2026-11-24T13:00:00+01:00' }, 'invalid_event', "end: '2026-11-24T12:00:00Z' is not after the start '2026-11-24T12:00:00Z'; allowed is a later time"],
  ['a duration of nothing', 'CreateEvent', lunch({ duration: 'PT0S' }), 'invalid_event', "duration: 'PT0S' leaves no time; allowed are durations from PT1S on"],
  ['a negative duration', 'CreateEvent', lunch({ duration: '-PT1H' }), 'invalid_event', "duration: '-PT1H' is negative; allowed are durations from PT0S on"],
  ['a duration in months', 'CreateEvent', lunch({ duration: 'P1M' }), 'invalid_event', "duration: 'P1M' is not a duration; allowed is ISO 8601 in weeks, days, hours, minutes and seconds, for example PT15M or P1D"],
  ['an endless duration', 'CreateEvent', lunch({ duration: 'P999999999W' }), 'invalid_event', "duration: 'P999999999W' ends outside the years 0001 to 9999 in UTC"],
  ['end and duration together', 'CreateEvent', lunch({ end: '2026-11-24T13:00:00Z' }), 'invalid_event', "duration: 'PT1H' is given beside end; allowed is one of the two"],
  ['an all-day end before its start', 'CreateEvent', { title, start: '2026-12-24', end: '2026-12-24', all_day: true }, 'invalid_event', "end: '2026-12-24' is not after the start '2026-12-24'; allowed is a later date"],
  ['a negative reminder', 'CreateEvent', lunch({ notify_before: ['PT5M', '-PT5M'] }), 'invalid_event', "notify_before[1]: '-PT5M' is negative; allowed are durations from PT0S on"],
  ['a reminder 367 days before', 'CreateEvent', lunch({ notify_before: ['P367D'] }), 'invalid_event', "notify_before[0]: 'P367D' is too long; allowed are PT0S to P366D"],

  // Times that are none.
  ['30 February', 'CreateEvent', lunch({ start: '2026-02-30T09:00:00Z' }), 'invalid_event', "start: '2026-02-30T09:00:00Z' has the day 30; 2026-02 has the days 01 to 28"],
  ['29 February of no leap year', 'CreateEvent', lunch({ start: '2100-02-29T09:00:00Z' }), 'invalid_event', '2100-02 has the days 01 to 28'],
  ['month 13', 'CreateEvent', lunch({ start: '2026-13-01T09:00:00Z' }), 'invalid_event', 'has the month 13; allowed are 01 to 12'],
  ['month 0', 'CreateEvent', lunch({ start: '2026-00-01T09:00:00Z' }), 'invalid_event', 'has the month 0; allowed are 01 to 12'],
  ['day 0', 'CreateEvent', lunch({ start: '2026-01-00T09:00:00Z' }), 'invalid_event', 'has the day 0; 2026-01 has the days 01 to 31'],
  ['hour 24', 'CreateEvent', lunch({ start: '2026-11-24T24:00:00Z' }), 'invalid_event', 'has the hour 24; allowed are 00 to 23'],
  ['minute 60', 'CreateEvent', lunch({ start: '2026-11-24T09:60:00Z' }), 'invalid_event', 'has the minute 60; allowed are 00 to 59'],
  ['a leap second', 'CreateEvent', lunch({ start: '2016-12-31T23:59:60Z' }), 'invalid_event', 'has the second 60; allowed are 00 to 59'],
  ['half a second', 'CreateEvent', lunch({ start: '2026-11-24T09:00:00.5Z' }), 'invalid_event', 'has a fraction of a second; allowed are whole seconds'],
  ['an offset of 24 hours', 'CreateEvent', lunch({ start: '2026-11-24T09:00:00+24:00' }), 'invalid_event', 'has the offset +24:00; allowed are -23:59 to +23:59'],
  ['a date for a time', 'CreateEvent', lunch({ start: '2026-11-24' }), 'invalid_event', "start: '2026-11-24' is a date; allowed is a time such as 2026-11-24T10:00:00, or all_day: true with it"],
  ['a time for a date', 'CreateEvent', { title, start, all_day: true }, 'invalid_event', "start: '2026-11-24T12:00:00Z' is a time; allowed is a date such as 2026-11-24, since all_day is true"],
  ['an hour for an all-day event', 'CreateEvent', { title, start: '2026-12-24', duration: 'PT1H', all_day: true }, 'invalid_event', "duration: 'PT1H' is no whole number of days; allowed for an all-day event are P1D and longer"],
  ['seconds since 1970', 'CreateEvent', lunch({ start: '1764000000' }), 'invalid_event', "start: '1764000000' is not a time; allowed are RFC 3339 such as 2026-03-29T10:00:00+02:00 and local 2026-03-29T10:00:00"],
  ['digits of another script', 'CreateEvent', lunch({ start: '２０２６-11-24T12:00:00Z' }), 'invalid_event', 'is not a time; allowed are RFC 3339'],
  ['the hour that a clock change removes', 'CreateEvent', lunch({ start: '2026-03-29T02:30:00', time_zone: 'Europe/Berlin' }), 'invalid_event', "start: '2026-03-29T02:30:00' does not exist in Europe/Berlin: clocks jump from 2026-03-29T02:00:00 to 2026-03-29T03:00:00"],
  ['an end in the hour that a clock change removes', 'CreateEvent', { title, start: '2026-03-29T01:00:00', end: '2026-03-29T02:30:00', time_zone: 'Europe/Berlin' }, 'invalid_event', "end: '2026-03-29T02:30:00' does not exist in Europe/Berlin"],
  ['the day that Samoa left out', 'CreateEvent', { title, start: '2011-12-30', all_day: true, time_zone: 'Pacific/Apia' }, 'invalid_event', "end: '2011-12-31' leaves no time after '2011-12-30': Pacific/Apia has no such day"],

  // The first and the last year.
  ['the year 0', 'CreateEvent', lunch({ start: '0000-06-01T00:00:00Z' }), 'invalid_event', "start: '0000-06-01T00:00:00Z' has the year 0000; allowed are 0001 to 9999"],
  ['the year 10000', 'CreateEvent', lunch({ start: '10000-06-01T00:00:00Z' }), 'invalid_event', "start: '10000-06-01T00:00:00Z' is not a time"],
  ['a negative year', 'CreateEvent', lunch({ start: '-0001-06-01T00:00:00Z' }), 'invalid_event', "start: '-0001-06-01T00:00:00Z' is not a time"],
  ['an offset that leads before the year 1', 'CreateEvent', lunch({ start: '0001-01-01T00:00:00+01:00' }), 'invalid_event', "start: '0001-01-01T00:00:00+01:00' is outside the years 0001 to 9999 in UTC"],
  ['an offset that leads past the year 9999', 'CreateEvent', lunch({ start: '9999-12-31T23:59:59-01:00' }), 'invalid_event', 'is outside the years 0001 to 9999 in UTC'],
  ['an end past the year 9999', 'CreateEvent', lunch({ start: '9999-12-31T23:30:00Z' }), 'invalid_event', "duration: 'PT1H' ends outside the years 0001 to 9999 in UTC"],
  ['the last day of the year 9999', 'CreateEvent', { title, start: '9999-12-31', all_day: true }, 'invalid_event', "'9999-12-31' plus 1 days is outside the years 0001 to 9999"],
  ['a first day that begins before the year 1 in UTC', 'CreateEvent', { title, start: '0001-01-01', all_day: true, time_zone: 'Asia/Tokyo' }, 'invalid_event', "start: '0001-01-01' in Asia/Tokyo is outside the years 0001 to 9999 in UTC"],
  ['an all-day date in the year 0', 'CreateEvent', { title, start: '0000-01-01', all_day: true }, 'invalid_event', "start: '0000-01-01' has the year 0000; allowed are 0001 to 9999"],

  // Zones and names.
  ['an unknown zone', 'CreateEvent', lunch({ time_zone: 'Europe/Atlantis' }), 'invalid_event', "time_zone: 'Europe/Atlantis' is no known time zone; allowed are IANA names such as Europe/Berlin or UTC"],
  ['an offset for a zone', 'CreateEvent', lunch({ time_zone: '+02:00' }), 'invalid_event', "time_zone: '+02:00' is no known time zone"],
  ['a path for a zone', 'CreateEvent', lunch({ time_zone: '../../etc/passwd' }), 'invalid_event', "time_zone: '../../etc/passwd' is no known time zone"],
  ['an id that is no UUID', 'CreateEvent', lunch({ id: 'lunch' }), 'invalid_event', "id: 'lunch' is not a UUID; allowed is the form 0196a1b2-1c2d-7e3f-8a4b-5c6d7e8f9a0b"],
  ['an id that is taken', 'CreateEvent', lunch({ id: EVENT }), 'event_exists', `id: an event '${EVENT}' exists already, with other content`],
  ['a uid that is taken', 'CreateEvent', lunch({ uid: 'dentist@example.org' }), 'event_exists', "uid: 'dentist@example.org' is taken by another event of this calendar"],
  ['a uid with a quote, for SQL', 'CreateEvent', lunch({ uid: "'; DROP TABLE events; --\u0007" }), 'invalid_event', 'uid: has the control character U+0007'],
  ['a calendar that is no id', 'CreateEvent', lunch({ calendar_id: 'work' }), 'calendar_not_found', "there is no calendar 'work'"],
  ['a calendar that is not there', 'CreateEvent', lunch({ calendar_id: NOTHING }), 'calendar_not_found', `there is no calendar '${NOTHING}'`],
  ["somebody else's calendar", 'CreateEvent', lunch({ calendar_id: BOBS_CALENDAR }), 'calendar_not_found', `there is no calendar '${BOBS_CALENDAR}'`],
  ['a time that is taken', 'CreateEvent', lunch({ start: '2026-11-23T09:59:59Z' }), 'date_busy', `start: the time is taken: 2026-11-23T09:00:00Z to 2026-11-23T10:00:00Z (event ${EVENT}); choose a free time`],
];
