import type { JsonObject, JsonValue } from '@bufbuild/protobuf';
import type { Case } from '../_support/describe-refusals.ts';
import { EVENT, HOLIDAY, SERIES } from '../_support/fixtures.ts';

const STANDUP = { title: 'Standup', start: '2026-11-24T12:00:00Z', duration: 'PT15M' };
const RRULE = 'recurrence.rrule: ';

/** A new series that would be fine but for its recurrence. */
function series(recurrence: JsonValue, content: JsonObject = {}): JsonObject {
  return { ...STANDUP, ...content, recurrence };
}

function ruled(rrule: string, content?: JsonObject): JsonObject {
  return series({ rrule }, content);
}

const many = (count: number, text: (i: number) => string): string[] =>
  Array.from({ length: count }, (_, i) => text(i));

// prettier-ignore
export const RECURRENCE_CASES: readonly Case[] = [
  // What is missing or empty.
  ['a recurrence of nothing', 'CreateEvent', series({}), 'invalid_event', 'recurrence: has neither rrule nor rdates; allowed is at least one of them, or null'],
  ['an empty rule', 'CreateEvent', ruled(''), 'invalid_event', 'recurrence: has neither rrule nor rdates'],
  ['a rule that is null', 'CreateEvent', series({ rrule: null }), 'invalid_event', { http: 'recurrence: has neither rrule nor rdates' }],
  ['exdates alone', 'CreateEvent', series({ exdates: ['2026-11-24T12:00:00Z'] }), 'invalid_event', 'recurrence: has neither rrule nor rdates'],
  ['a rule of spaces', 'CreateEvent', ruled(' '), 'invalid_event', RRULE],
  ['an empty exdate', 'CreateEvent', series({ rrule: 'FREQ=DAILY', exdates: [''] }), 'invalid_event', 'recurrence.exdates[0]: '],
  ['an empty rdate', 'CreateEvent', series({ rrule: 'FREQ=DAILY', rdates: [''] }), 'invalid_event', 'recurrence.rdates[0]: '],
  ['everything left out', 'CreateEvent', series({ rrule: 'FREQ=DAILY;COUNT=1', exdates: ['2026-11-24T12:00:00Z'] }), 'invalid_event', 'recurrence'],

  // Rules that are none.
  ['no FREQ', 'CreateEvent', ruled('COUNT=3'), 'invalid_event', `${RRULE}The rule lacks FREQ; it is one of YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY, MINUTELY, SECONDLY.`],
  ['an unknown FREQ', 'CreateEvent', ruled('FREQ=FORTNIGHTLY'), 'invalid_event', `${RRULE}FREQ cannot be "FORTNIGHTLY"`],
  ['an unknown part', 'CreateEvent', ruled('FREQ=DAILY;EVERY=2'), 'invalid_event', RRULE],
  ['a part twice', 'CreateEvent', ruled('FREQ=DAILY;COUNT=2;COUNT=3'), 'invalid_event', `${RRULE}COUNT`],
  ['COUNT and UNTIL', 'CreateEvent', ruled('FREQ=DAILY;COUNT=2;UNTIL=20270101T000000Z'), 'invalid_event', RRULE],
  ['COUNT=0', 'CreateEvent', ruled('FREQ=DAILY;COUNT=0'), 'invalid_event', `${RRULE}COUNT`],
  ['a negative INTERVAL', 'CreateEvent', ruled('FREQ=DAILY;INTERVAL=-1'), 'invalid_event', `${RRULE}INTERVAL`],
  ['month 13', 'CreateEvent', ruled('FREQ=YEARLY;BYMONTH=13'), 'invalid_event', `${RRULE}BYMONTH has 13, which is out of range; allowed: 1 to 12.`],
  ['a COUNT past all integers', 'CreateEvent', ruled('FREQ=DAILY;COUNT=99999999999999999999'), 'invalid_event', `${RRULE}COUNT`],
  ['UNTIL as a date for a time', 'CreateEvent', ruled('FREQ=DAILY;UNTIL=20270101'), 'invalid_event', `${RRULE}UNTIL must be a UTC time such as 20270630T090000Z`],
  ['UNTIL as a time for a date', 'CreateEvent', ruled('FREQ=DAILY;UNTIL=20270101T000000Z', { start: '2026-12-24', duration: 'P1D', all_day: true }), 'invalid_event', `${RRULE}UNTIL must be a date such as 20270630`],
  ['hours of an all-day event', 'CreateEvent', ruled('FREQ=HOURLY', { start: '2026-12-24', duration: 'P1D', all_day: true }), 'invalid_event', `${RRULE}FREQ=HOURLY cannot be used where DTSTART is a date`],
  ['two rules', 'CreateEvent', ruled('FREQ=DAILY\nRRULE:FREQ=WEEKLY'), 'invalid_event', RRULE],
  ['a rule with its start', 'CreateEvent', ruled('DTSTART:20261124T120000Z\nRRULE:FREQ=DAILY'), 'invalid_event', `${RRULE}"DTSTART:20261124T120000Z`],
  ['a rule with its name twice', 'CreateEvent', ruled('RRULE:RRULE:FREQ=DAILY'), 'invalid_event', `${RRULE}"RRULE:FREQ=DAILY": RRULE is no part of a rule but stands beside it; the parts are FREQ, `],
  ['an end before the start', 'CreateEvent', ruled('FREQ=DAILY;UNTIL=20261123T120000Z'), 'invalid_event', `${RRULE}UNTIL=20261123T120000Z is before the start '2026-11-24T12:00:00Z'; allowed is the start or later`],
  ['SQL for a rule', 'CreateEvent', ruled("'; DROP TABLE events; --"), 'invalid_event', RRULE],
  ['digits of another script', 'CreateEvent', ruled('FREQ=DAILY;COUNT=３'), 'invalid_event', `${RRULE}COUNT`],

  // Dates that are none.
  ['an exdate that is no time', 'CreateEvent', series({ rrule: 'FREQ=DAILY', exdates: ['soon'] }), 'invalid_event', "recurrence.exdates[0]: 'soon' is not a time"],
  ['an exdate as a date', 'CreateEvent', series({ rrule: 'FREQ=DAILY', exdates: ['2026-11-24'] }), 'invalid_event', "recurrence.exdates[0]: '2026-11-24' is a date; allowed is a time such as 2026-11-24T10:00:00"],
  ['the second rdate on 30 February', 'CreateEvent', series({ rdates: ['2027-02-28T09:00:00Z', '2027-02-30T09:00:00Z'] }), 'invalid_event', 'recurrence.rdates[1]: '],
  ['an rdate before the start', 'CreateEvent', series({ rdates: ['2026-11-23T12:00:00Z'] }), 'invalid_event', 'recurrence.rdates'],
  ['a time of an all-day event', 'CreateEvent', series({ rdates: ['2026-12-25T00:00:00Z'] }, { start: '2026-12-24', duration: 'P1D', all_day: true }), 'invalid_event', "recurrence.rdates[0]: '2026-12-25T00:00:00Z' is a time; allowed is a date such as 2026-12-25, since all_day is true"],
  ['an rdate past the year 9999', 'CreateEvent', series({ rdates: ['10000-01-01T00:00:00Z'] }), 'invalid_event', 'recurrence.rdates[0]: '],

  // Lengths and numbers: each is refused by a limit or a budget, not by patience.
  ['a rule of 10,000 characters', 'CreateEvent', ruled(`FREQ=DAILY;COUNT=${'1'.repeat(10_000)}`), 'invalid_event', RRULE],
  ['a rule of 500,000 characters', 'CreateEvent', ruled(`FREQ=DAILY;BYMONTHDAY=${'1,'.repeat(250_000)}1`), 'invalid_event', RRULE],
  ['thousands of BY values', 'CreateEvent', ruled(`FREQ=YEARLY;BYMONTHDAY=${many(2_000, (i) => String((i % 31) + 1)).join(',')}`), 'invalid_event', `${RRULE}BYMONTHDAY`],
  ['thousands of BY values of every kind', 'CreateEvent', ruled(`FREQ=SECONDLY;BYSECOND=${many(900, (i) => String(i % 60)).join(',')};BYMINUTE=${many(900, (i) => String(i % 60)).join(',')}`), 'invalid_event', `${RRULE}BYSECOND`],
  ['a billion last days of months', 'CreateEvent', ruled('FREQ=DAILY;BYMONTHDAY=-1;COUNT=1000000000'), 'invalid_event', RRULE],
  ['every second, without an end', 'CreateEvent', ruled('FREQ=SECONDLY', { duration: 'PT1S' }), 'invalid_event', RRULE],
  ['every second of a century', 'CreateEvent', ruled('FREQ=SECONDLY;UNTIL=21261124T120000Z', { duration: 'PT1S' }), 'invalid_event', RRULE],
  ['every minute until the year 9999', 'CreateEvent', ruled('FREQ=MINUTELY;UNTIL=99991231T235959Z', { duration: 'PT1S' }), 'invalid_event', RRULE],
  ['every day until the year 9999', 'CreateEvent', ruled('FREQ=DAILY;UNTIL=99991231T235959Z'), 'invalid_event', RRULE],
  ['5,001 times', 'CreateEvent', ruled('FREQ=DAILY;COUNT=5001'), 'invalid_event', `${RRULE}makes about 5001 occurrences; allowed are 1 to 5000`],
  ['5,001 exdates', 'CreateEvent', series({ rrule: 'FREQ=DAILY', exdates: many(5001, () => '2026-11-24T12:00:00Z') }), 'invalid_event', 'recurrence.exdates: has 5001 dates; allowed are 0 to 5000'],
  ['5,001 rdates', 'CreateEvent', series({ rdates: many(5001, () => '2026-11-25T12:00:00Z') }), 'invalid_event', 'recurrence.rdates: has 5001 dates; allowed are 0 to 5000'],
  ['5,000 wrong exdates', 'CreateEvent', series({ rrule: 'FREQ=DAILY', exdates: many(5000, (i) => `x${i}`) }), 'invalid_event', "recurrence.exdates[0]: 'x0' is not a time"],

  // What clashes with itself and with others.
  ['days that run into each other', 'CreateEvent', ruled('FREQ=DAILY;COUNT=3', { duration: 'PT25H' }), 'date_busy', 'the time is taken'],
  ['a series on a taken time', 'CreateEvent', ruled('FREQ=WEEKLY', { start: '2026-11-16T09:30:00Z' }), 'date_busy', `(event ${EVENT})`],
  ['a time of a series', 'CreateEvent', { ...STANDUP, start: '2028-01-12T15:30:00Z' }, 'date_busy', `(event ${SERIES})`],
  ['a time of a series, past its horizon', 'CreateEvent', { ...STANDUP, start: '2626-01-04T15:30:00Z' }, 'date_busy', `(event ${SERIES})`],

  // Changes.
  ['a rule cleared where there are no rdates', 'UpdateEvent', { id: SERIES, recurrence: { rrule: null } }, 'invalid_event', { http: 'recurrence: has neither rrule nor rdates' }],
  ['another rule that is none', 'UpdateEvent', { id: SERIES, recurrence: { rrule: 'FREQ=' } }, 'invalid_event', `${RRULE}FREQ`],
  ['a rule for hours of a holiday', 'UpdateEvent', { id: HOLIDAY, recurrence: { rrule: 'FREQ=MINUTELY' } }, 'invalid_event', RRULE],
  ['a rule that runs into another event', 'UpdateEvent', { id: SERIES, start: '2026-11-18T09:00:00Z', end: '2026-11-18T10:00:00Z', recurrence: { rrule: 'FREQ=DAILY' } }, 'date_busy', `(event ${EVENT})`],
  ['a length that runs into the next', 'UpdateEvent', { id: SERIES, end: '2026-11-26T15:00:00Z' }, 'date_busy', 'the time is taken'],
  ['a stale etag', 'UpdateEvent', { id: SERIES, recurrence: null, etag: 'stale' }, 'stale_event', "'stale' is not its current etag"],
];
