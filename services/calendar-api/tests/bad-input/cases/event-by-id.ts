import type { JsonObject } from '@bufbuild/protobuf';
import type { Case } from '../_support/describe-refusals.ts';
import { BOBS_EVENT, EVENT, FAMILY, HOLIDAY, NOTHING } from '../_support/fixtures.ts';

const NONE = (id: string): string => `there is no event '${id}'`;

/** A change of Alice's event. */
function change(fields: JsonObject): JsonObject {
  return { id: EVENT, ...fields };
}

// prettier-ignore
export const EVENT_BY_ID_CASES: readonly Case[] = [
  // The id.
  ['no id', 'GetEvent', { id: '' }, 'invalid_request', { grpc: 'id: is missing; allowed is a UUID' }],
  ['no id', 'DeleteEvent', { id: '' }, 'invalid_request', { grpc: 'id: is missing; allowed is a UUID' }],
  ['no id', 'UpdateEvent', { title: 'x' }, 'invalid_request', { grpc: 'event.id: is missing; allowed is a UUID' }],
  ['what is no id', 'GetEvent', { id: 'dentist' }, 'event_not_found', NONE('dentist')],
  ['what is no id', 'UpdateEvent', { id: 'dentist', title: 'x' }, 'event_not_found', NONE('dentist')],
  ['what is no id', 'DeleteEvent', { id: 'dentist' }, 'event_not_found', NONE('dentist')],
  ['an id with SQL in it', 'GetEvent', { id: `${EVENT}' OR '1'='1` }, 'event_not_found', 'there is no event'],
  ['an id of 1,000 characters', 'GetEvent', { id: '0'.repeat(1000) }, 'event_not_found', NONE(`${'0'.repeat(57)}…`)],
  ['an id of 5,000 characters', 'GetEvent', { id: '0'.repeat(5000) }, 'event_not_found', { grpc: NONE(`${'0'.repeat(57)}…`) }],
  ['an id with NUL', 'GetEvent', { id: `${EVENT}\u0000` }, 'event_not_found', 'there is no event'],
  ['an id with an escape sequence', 'GetEvent', { id: '\u001b[31mred' }, 'event_not_found', 'there is no event'],
  ['an id with a slash', 'GetEvent', { id: `../calendars/${FAMILY}` }, 'event_not_found', 'there is no event'],
  ['an event that is not there', 'GetEvent', { id: NOTHING }, 'event_not_found', NONE(NOTHING)],
  ['an event that is not there', 'UpdateEvent', { id: NOTHING, title: 'x' }, 'event_not_found', NONE(NOTHING)],
  ['an event that is not there', 'DeleteEvent', { id: NOTHING }, 'event_not_found', NONE(NOTHING)],
  ["somebody else's event", 'GetEvent', { id: BOBS_EVENT }, 'event_not_found', NONE(BOBS_EVENT)],
  ["somebody else's event", 'UpdateEvent', { id: BOBS_EVENT, title: 'x' }, 'event_not_found', NONE(BOBS_EVENT)],
  ["somebody else's event", 'DeleteEvent', { id: BOBS_EVENT }, 'event_not_found', NONE(BOBS_EVENT)],
  ["somebody else's event, its zone cleared", 'UpdateEvent', { id: BOBS_EVENT, time_zone: null }, 'event_not_found', NONE(BOBS_EVENT)],
  ["somebody else's event, with a wrong change", 'UpdateEvent', { id: BOBS_EVENT, title: '\u0001' }, 'event_not_found', NONE(BOBS_EVENT)],
  ['a calendar for an event', 'DeleteEvent', { id: FAMILY }, 'event_not_found', NONE(FAMILY)],

  // What may not be cleared, and what may not be changed at all.
  ['a title cleared', 'UpdateEvent', change({ title: null }), 'invalid_event', 'title: is missing; allowed are 1 to 200 characters'],
  ['a title made empty', 'UpdateEvent', change({ title: '' }), 'invalid_event', { http: 'title: is empty; allowed are 1 to 200 characters', grpc: 'title: is missing' }],
  ['a start cleared', 'UpdateEvent', change({ start: null }), 'invalid_event', 'start: is missing; give a time'],
  ['an end cleared', 'UpdateEvent', change({ end: null }), 'invalid_event', 'end: is missing; give end or duration'],
  ['an empty zone', 'UpdateEvent', change({ time_zone: '' }), 'invalid_event', { http: "time_zone: '' is no known time zone" }],
  ['another uid', 'UpdateEvent', change({ uid: 'other' }), 'invalid_event', "uid: cannot be changed to 'other'; allowed is 'dentist@example.org', or leaving it out"],
  ['a uid cleared', 'UpdateEvent', change({ uid: null }), 'invalid_event', "uid: cannot be changed to null; allowed is 'dentist@example.org', or leaving it out"],
  ['another calendar', 'UpdateEvent', change({ calendar_id: FAMILY }), 'invalid_event', `calendar_id: cannot be changed to '${FAMILY}'`],
  ['a calendar cleared', 'UpdateEvent', change({ calendar_id: null }), 'invalid_event', 'calendar_id: cannot be changed to null'],

  // Values.
  ['an end before the start that stays', 'UpdateEvent', change({ end: '2026-11-23T08:00:00Z' }), 'invalid_event', "end: '2026-11-23T08:00:00Z' is not after the start '2026-11-23T09:00:00Z'; allowed is a later time"],
  ['a start after the end that stays', 'UpdateEvent', change({ start: '2026-11-23T11:00:00Z' }), 'invalid_event', "end: '2026-11-23T10:00:00Z' is not after the start '2026-11-23T11:00:00Z'"],
  ['30 February', 'UpdateEvent', change({ end: '2027-02-30T09:00:00Z' }), 'invalid_event', "end: '2027-02-30T09:00:00Z' has the day 30; 2027-02 has the days 01 to 28"],
  ['a time for an all-day event', 'UpdateEvent', { id: HOLIDAY, start: '2026-12-01T09:00:00Z' }, 'invalid_event', "start: '2026-12-01T09:00:00Z' is a time; allowed is a date such as 2026-12-01, since all_day is true"],
  ['a date for a timed event', 'UpdateEvent', change({ start: '2026-11-23' }), 'invalid_event', "start: '2026-11-23' is a date; allowed is a time such as 2026-11-23T10:00:00"],
  ['all day without dates', 'UpdateEvent', change({ all_day: true }), 'invalid_event', 'start: is missing; give a time, or a date for an all-day event'],
  ['no longer all day, without times', 'UpdateEvent', { id: HOLIDAY, all_day: null }, 'invalid_event', 'start: is missing; give a time'],
  ['an unknown zone', 'UpdateEvent', change({ time_zone: 'Mars/Olympus' }), 'invalid_event', "time_zone: 'Mars/Olympus' is no known time zone"],
  ['a title of 201 characters', 'UpdateEvent', change({ title: 'x'.repeat(201) }), 'invalid_event', 'title: has 201 characters; allowed are 1 to 200'],
  ['a location with a line break', 'UpdateEvent', change({ location: 'a\nb' }), 'invalid_event', 'location: has the control character U+000A at position 1; allowed is plain text'],
  ['one good field and one bad', 'UpdateEvent', change({ title: 'Better', notify_before: ['soon'] }), 'invalid_event', "notify_before[0]: 'soon' is not a duration"],

  // Versions.
  ['a stale etag', 'UpdateEvent', change({ title: 'x', etag: 'stale' }), 'stale_event', "etag: the event has changed: 'stale' is not its current etag"],
  ['a stale etag', 'DeleteEvent', { id: EVENT, etag: 'stale' }, 'stale_event', "etag: the event has changed: 'stale' is not its current etag"],
  ['an etag with spaces', 'DeleteEvent', { id: EVENT, etag: 'a b' }, 'stale_event', { grpc: "'a b' is not its current etag" }],
  ['an etag of 5,000 characters', 'DeleteEvent', { id: EVENT, etag: 'e'.repeat(5000) }, 'stale_event', "…' is not its current etag"],
  ['an etag with NUL', 'UpdateEvent', change({ title: 'x', etag: '\u0000' }), 'stale_event', 'is not its current etag'],
];
