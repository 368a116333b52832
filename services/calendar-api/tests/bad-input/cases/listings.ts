import type { JsonObject } from '@bufbuild/protobuf';
import type { Case } from '../_support/describe-refusals.ts';
import { BOBS_CALENDAR, EVENT, NOTHING } from '../_support/fixtures.ts';

const NONE = (id: string): string => `there is no calendar '${id}'`;
const DAY = { date: '2026-11-23' };
const RANGE = { from: '2026-11-23T00:00:00Z', to: '2026-11-24T00:00:00Z' };
const NO_TIME = 'is missing; allowed is RFC 3339, for example 2026-03-29T10:00:00Z';

function range(change: JsonObject): JsonObject {
  return { ...RANGE, ...change };
}

// prettier-ignore
export const LISTING_CASES: readonly Case[] = [
  // Dates.
  ['no date', 'ListDay', {}, 'invalid_request', { grpc: "date: '' is not a date; allowed is YYYY-MM-DD" }],
  ['a word for a date', 'ListDay', { date: 'today' }, 'invalid_request', "date: 'today' is not a date; allowed is YYYY-MM-DD"],
  ['a time for a date', 'ListWeek', { date: '2026-11-23T00:00:00Z' }, 'invalid_request', "date: '2026-11-23T00:00:00Z' is not a date; allowed is YYYY-MM-DD"],
  ['30 February', 'ListDay', { date: '2026-02-30' }, 'invalid_request', "date: '2026-02-30' has the day 30; 2026-02 has the days 01 to 28"],
  ['month 13', 'ListMonth', { date: '2026-13-01' }, 'invalid_request', "date: '2026-13-01' has the month 13; allowed are 01 to 12"],
  ['the year 0', 'ListMonth', { date: '0000-01-01' }, 'invalid_request', "date: '0000-01-01' has the year 0000; allowed are 0001 to 9999"],
  ['the year 10000', 'ListWeek', { date: '10000-01-01' }, 'invalid_request', "date: '10000-01-01' is not a date; allowed is YYYY-MM-DD"],
  ['a date with NUL', 'ListDay', { date: '2026-11-23\u0000' }, 'invalid_request', 'is not a date; allowed is YYYY-MM-DD'],
  ['a date of 1,000 characters', 'ListDay', { date: '2'.repeat(1000) }, 'invalid_request', "…' is not a date; allowed is YYYY-MM-DD"],

  // Zones and calendars.
  ['an unknown zone', 'ListDay', { ...DAY, time_zone: 'Middle/Earth' }, 'invalid_request', "time_zone: 'Middle/Earth' is no known time zone; allowed are IANA names such as Europe/Berlin or UTC"],
  ['an empty zone', 'ListDay', { ...DAY, time_zone: '' }, 'invalid_request', { http: 'time_zone: is empty; leave it out, or give a value such as Europe/Berlin' }],
  ['what is no calendar', 'ListWeek', { ...DAY, calendar_id: 'work' }, 'calendar_not_found', NONE('work')],
  ['an empty calendar', 'ListWeek', { ...DAY, calendar_id: '' }, 'invalid_request', { http: 'calendar_id: is empty; leave it out, or give a value such as' }],
  ['an event for a calendar', 'ListMonth', { ...DAY, calendar_id: EVENT }, 'calendar_not_found', NONE(EVENT)],
  ['a calendar that is not there', 'ListOccurrences', range({ calendar_id: NOTHING }), 'calendar_not_found', NONE(NOTHING)],
  ["somebody else's calendar", 'ListDay', { ...DAY, calendar_id: BOBS_CALENDAR }, 'calendar_not_found', NONE(BOBS_CALENDAR)],
  ["somebody else's calendar", 'ListOccurrences', range({ calendar_id: BOBS_CALENDAR }), 'calendar_not_found', NONE(BOBS_CALENDAR)],
  ["somebody else's calendar", 'QueryFreeBusy', range({ calendar_id: BOBS_CALENDAR }), 'calendar_not_found', NONE(BOBS_CALENDAR)],

  // From and to.
  ['nothing at all', 'ListOccurrences', {}, 'invalid_request', { http: 'from: is missing; allowed is a string; to: is missing', grpc: `from: ${NO_TIME}; to: ${NO_TIME}` }],
  ['nothing at all', 'QueryFreeBusy', {}, 'invalid_request', { http: 'from: is missing; allowed is a string; to: is missing', grpc: `from: ${NO_TIME}; to: ${NO_TIME}` }],
  ['an empty from', 'ListOccurrences', range({ from: '' }), 'invalid_request', `from: ${NO_TIME}`],
  ['a from without an offset', 'ListOccurrences', range({ from: '2026-11-23T00:00:00' }), 'invalid_request', "from: '2026-11-23T00:00:00' has no offset; allowed is RFC 3339, for example 2026-11-23T00:00:00Z or 2026-11-23T00:00:00+02:00"],
  ['a date for a time', 'QueryFreeBusy', range({ to: '2026-11-24' }), 'invalid_request', "to: '2026-11-24' is not a time"],
  ['30 February', 'QueryFreeBusy', range({ from: '2026-02-30T00:00:00Z' }), 'invalid_request', "from: '2026-02-30T00:00:00Z' has the day 30"],
  ['to before from', 'ListOccurrences', range({ to: '2026-11-22T00:00:00Z' }), 'invalid_request', "to: '2026-11-22T00:00:00Z' is not after from '2026-11-23T00:00:00Z'; allowed is a later time"],
  ['to at from', 'QueryFreeBusy', range({ to: RANGE.from }), 'invalid_request', "to: '2026-11-23T00:00:00Z' is not after from '2026-11-23T00:00:00Z'"],
  ['the year 0', 'ListOccurrences', range({ from: '0000-01-01T00:00:00Z' }), 'invalid_request', "from: '0000-01-01T00:00:00Z' has the year 0000"],
  ['the year 10000', 'ListOccurrences', range({ to: '10000-01-01T00:00:00Z' }), 'invalid_request', "to: '10000-01-01T00:00:00Z' is not a time"],
  ['367 days', 'QueryFreeBusy', { from: '2026-01-01T00:00:00Z', to: '2027-01-03T00:00:00Z' }, 'invalid_request', "to: '2027-01-03T00:00:00Z' is more than 366 days after from; allowed are shorter periods"],

  // Words.
  ['no words', 'SearchEvents', {}, 'invalid_request', { http: 'query: is missing; allowed is a string', grpc: 'query: is empty; allowed are 1 to 200 characters' }],
  ['nothing to look for', 'SearchEvents', { query: ' ' }, 'invalid_request', 'query: is empty; allowed are 1 to 200 characters'],
  ['words without a letter', 'SearchEvents', { query: '-- ; %' }, 'invalid_request', "query: '-- ; %' has no letter and no digit; allowed are words"],
  ['11 words', 'SearchEvents', { query: 'a b c d e f g h i j k' }, 'invalid_request', 'query: has 11 words; allowed are 1 to 10'],
  ['a long text', 'SearchEvents', { query: 'x'.repeat(201) }, 'invalid_request', 'query: has 201 characters; allowed are 1 to 200'],
  ['a word with NUL', 'SearchEvents', { query: 'a\u0000' }, 'invalid_request', 'query: has the control character U+0000 at position 1'],
  ["somebody else's calendar", 'SearchEvents', { query: 'a', calendar_id: BOBS_CALENDAR }, 'calendar_not_found', NONE(BOBS_CALENDAR)],
  ['a page token of another query', 'SearchEvents', { query: 'a', page_token: tokenOf(`0 0 ${EVENT} abc`) }, 'invalid_request', 'page_token: belongs to another query'],

  // Pages.
  ['a page of 1,001', 'ListWeek', { ...DAY, page_size: 1001 }, 'invalid_request', 'page_size: 1001 is not allowed; allowed are 1 to 1000'],
  ['a page of 2 billion', 'ListOccurrences', range({ page_size: 2_000_000_000 }), 'invalid_request', { http: "page_size: '2000000000' is no whole number", grpc: 'page_size: 2000000000 is not allowed; allowed are 1 to 1000' }],
  ['a page of -1', 'ListOccurrences', range({ page_size: -1 }), 'invalid_request', { http: "page_size: '-1' is no whole number; allowed are 1 to 1000", grpc: 'page_size: -1 is not allowed; allowed are 1 to 1000' }],
  ['half a page', 'ListDay', { ...DAY, page_size: '1.5' }, 'invalid_request', { http: "page_size: '1.5' is no whole number; allowed are 1 to 1000" }],
  ['an empty page size', 'ListDay', { ...DAY, page_size: '' }, 'invalid_request', { http: "page_size: '' is no whole number; allowed are 1 to 1000" }],
  ['a page of 0x10', 'ListDay', { ...DAY, page_size: '0x10' }, 'invalid_request', { http: "page_size: '0x10' is no whole number" }],
  ['a page token that is none', 'ListDay', { ...DAY, page_token: 'next' }, 'invalid_request', "page_token: 'next' is no page token; allowed is the next_page_token of the page before"],
  ['a page token of 5,000 characters', 'ListWeek', { ...DAY, page_token: 'A'.repeat(5000) }, 'invalid_request', "…' is no page token"],
  ['a page token of bytes that are no text', 'ListMonth', { ...DAY, page_token: '_____w' }, 'invalid_request', "page_token: '_____w' is no page token"],
  ['a page token with NUL', 'ListMonth', { ...DAY, page_token: '\u0000' }, 'invalid_request', 'is no page token'],
  ['a page token of another query', 'ListDay', { ...DAY, page_token: tokenOf(`0 ${EVENT} 0 abc`) }, 'invalid_request', 'page_token: belongs to another query; allowed is the next_page_token of the page before, with all else unchanged'],
  ['a page token beyond all time', 'ListDay', { ...DAY, page_token: tokenOf(`999999999999999 ${EVENT} 0 abc`) }, 'invalid_request', 'page_token: '],

  // Parameters that only a query can have.
  ['an unknown parameter', 'ListDay', { ...DAY, timezone: 'UTC' }, 'invalid_request', { http: "timezone: is no parameter of this request; did you mean 'time_zone'?; allowed are time_zone, calendar_id, page_size, page_token" }],
];

/** What a client might make up: the parts of a token, with a mark that fits no query. */
function tokenOf(text: string): string {
  return Buffer.from(text).toString('base64url');
}
