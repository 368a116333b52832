import type { JsonObject } from '@bufbuild/protobuf';
import type { Case } from '../_support/describe-refusals.ts';
import {
  BOBS_EVENT,
  EVENT,
  FAMILY,
  HOLIDAY,
  NOTHING,
  SECOND_WEDNESDAY as SECOND,
  SERIES,
} from '../_support/fixtures.ts';

const NONE = `the event '${SERIES}' has no occurrence '`;
const FORMS =
  'is no recurrence id; allowed is the original start of an occurrence: RFC 3339 with an offset such as 2026-03-29T08:00:00Z, or of an all-day event a date such as 2026-03-29';

/** A change of one Wednesday. */
function change(fields: JsonObject, scope = 'this'): JsonObject {
  return { event_id: SERIES, recurrence_id: SECOND, scope, ...fields };
}

function named(recurrence_id: string, event_id = SERIES): JsonObject {
  return { event_id, recurrence_id };
}

const BY_ID = ['GetOccurrence', 'UpdateOccurrence', 'DeleteOccurrence'] as const;

/** Names that name nothing, for all that takes one. */
const NAMES: readonly (readonly [what: string, input: JsonObject, code: string, says: string])[] = [
  ['what is no id', named(SECOND, 'standup'), 'event_not_found', "there is no event 'standup'"],
  ['an event that is not there', named(SECOND, NOTHING), 'event_not_found', `there is no event '${NOTHING}'`],
  [
    "somebody else's event",
    named('2026-11-23T09:00:00Z', BOBS_EVENT),
    'event_not_found',
    `there is no event '${BOBS_EVENT}'`,
  ],
  ['a calendar for an event', named(SECOND, FAMILY), 'event_not_found', `there is no event '${FAMILY}'`],
  [
    'a time between two',
    named('2026-11-25T15:00:01Z'),
    'occurrence_not_found',
    `${NONE}2026-11-25T15:00:01Z'`,
  ],
  ['a day between two', named('2026-11-26T15:00:00Z'), 'occurrence_not_found', NONE],
  ['a time before the first', named('2026-11-11T15:00:00Z'), 'occurrence_not_found', NONE],
  ['one that is left out', named('2026-12-02T15:00:00Z'), 'occurrence_not_found', NONE],
  ['a date of a timed event', named('2026-11-25'), 'occurrence_not_found', NONE],
  ['a local time', named('2026-11-25T15:00:00'), 'invalid_request', FORMS],
  ['a time of an all-day event', named('2026-12-01T00:00:00Z', HOLIDAY), 'occurrence_not_found', 'has no'],
  ['another day of one event', named('2026-11-24T09:00:00Z', EVENT), 'occurrence_not_found', 'has no'],
  ['what is no time', named('soon'), 'invalid_request', `recurrence_id: 'soon' ${FORMS}`],
  ['30 February', named('2027-02-30T15:00:00Z'), 'invalid_request', FORMS],
  ['the year 0', named('0000-01-01T15:00:00Z'), 'invalid_request', FORMS],
  ['the year 10000', named('10000-01-01T15:00:00Z'), 'invalid_request', FORMS],
  ['the last second of all', named('9999-12-31T23:59:59Z'), 'occurrence_not_found', NONE],
  ['SQL', named("2026-11-25T15:00:00Z' OR '1'='1"), 'invalid_request', FORMS],
  ['NUL', named('2026-11-25T15:00:00Z\u0000'), 'invalid_request', FORMS],
  ['an escape sequence', named('\u001b[31mred'), 'invalid_request', FORMS],
  ['a slash', named('../../calendars'), 'invalid_request', FORMS],
  [
    '1,000 characters',
    named('2'.repeat(1000)),
    'invalid_request',
    `recurrence_id: '${'2'.repeat(57)}…' ${FORMS}`,
  ],
];

// prettier-ignore
export const OCCURRENCE_CASES: readonly Case[] = [
  ...NAMES.flatMap(([what, input, code, says]) =>
    BY_ID.map((operation): Case => {
      const patch = operation === 'UpdateOccurrence' ? { title: 'x' } : {};
      return [what, operation, { ...input, ...patch }, code, says];
    }),
  ),
  ...BY_ID.flatMap((operation): Case[] => [
    ['no event', operation, { recurrence_id: SECOND }, 'invalid_request', { grpc: 'event_id: is missing; allowed is a UUID' }],
    ['no recurrence id', operation, { event_id: SERIES }, 'invalid_request', { grpc: 'recurrence_id: is missing; allowed is a time such as 2026-03-29T08:00:00Z, or a date' }],
    ['an empty recurrence id', operation, named(''), 'invalid_request', { http: `recurrence_id: '' ${FORMS}` }],
    ['a recurrence id of 5,000 characters', operation, named('2'.repeat(5000)), 'invalid_request', { grpc: `recurrence_id: '${'2'.repeat(57)}…' ${FORMS}` }],
  ]),

  // The scope.
  ['an unknown scope', 'UpdateOccurrence', change({ title: 'x' }, 'all'), 'invalid_request', { http: "scope: 'all' is no scope; allowed are this and following" }],
  ['an unknown scope', 'DeleteOccurrence', change({}, 'THIS'), 'invalid_request', { http: "scope: 'THIS' is no scope; allowed are this and following" }],
  ['an empty scope', 'DeleteOccurrence', change({}, ''), 'invalid_request', { http: "scope: '' is no scope" }],
  ['a scope of a number', 'DeleteOccurrence', change({}, '7'), 'invalid_request', { http: "scope: '7' is no scope", grpc: 'scope: 7 is no scope; allowed are 1 (this) and 2 (following)' }],
  ['a negative scope', 'UpdateOccurrence', change({ title: 'x' }, '-1'), 'invalid_request', { grpc: 'scope: -1 is no scope' }],
  ['a scope of 1,000 characters', 'DeleteOccurrence', change({}, 's'.repeat(1000)), 'invalid_request', { http: `scope: '${'s'.repeat(57)}…' is no scope` }],
  ['NUL in a scope', 'DeleteOccurrence', change({}, 'this\u0000'), 'invalid_request', { http: String.raw`scope: 'this\u0000' is no scope` }],

  // What belongs to the series.
  ['a rule of one', 'UpdateOccurrence', change({ recurrence: { rrule: 'FREQ=DAILY' } }), 'invalid_event', 'recurrence: '],
  ['one for the whole day', 'UpdateOccurrence', change({ all_day: true }), 'invalid_event', 'all_day: '],
  ['another zone of one', 'UpdateOccurrence', change({ time_zone: 'Asia/Tokyo' }), 'invalid_event', 'time_zone: '],
  ['another calendar of one', 'UpdateOccurrence', change({ calendar_id: FAMILY }), 'invalid_event', 'calendar_id: '],
  ['another uid of what follows', 'UpdateOccurrence', change({ uid: 'dentist@example.org' }, 'following'), 'invalid_event', 'uid: '],

  // Values.
  ['an empty title', 'UpdateOccurrence', change({ title: '' }), 'invalid_event', { http: 'title: is empty; allowed are 1 to 200 characters' }],
  ['a title of 201 characters', 'UpdateOccurrence', change({ title: 'x'.repeat(201) }), 'invalid_event', 'title: has 201 characters'],
  ['an end before the start', 'UpdateOccurrence', change({ end: '2026-11-25T14:00:00Z' }), 'invalid_event', "end: '2026-11-25T14:00:00Z' is not after the start '2026-11-25T15:00:00Z'"],
  ['a date for a time', 'UpdateOccurrence', change({ start: '2026-11-25' }), 'invalid_event', "start: '2026-11-25' is a date"],
  ['a wrong reminder', 'UpdateOccurrence', change({ notify_before: ['soon'] }), 'invalid_event', "notify_before[0]: 'soon' is not a duration"],
  ['a title cleared of what follows', 'UpdateOccurrence', change({ title: null }, 'following'), 'invalid_event', 'title: is missing'],
  ['a rule of what follows that is none', 'UpdateOccurrence', change({ recurrence: { rrule: 'FREQ=NEVER' } }, 'following'), 'invalid_event', 'recurrence.rrule: '],
  ['every second of what follows', 'UpdateOccurrence', change({ recurrence: { rrule: 'FREQ=SECONDLY' }, duration: 'PT1S' }, 'following'), 'invalid_event', 'recurrence.rrule: '],
  ['a stale etag', 'UpdateOccurrence', change({ title: 'x', etag: 'stale' }), 'stale_event', "'stale' is not its current etag"],
  ['a stale etag for what follows', 'UpdateOccurrence', change({ title: 'x', etag: 'stale' }, 'following'), 'stale_event', "'stale' is not its current etag"],
  ['a stale etag', 'DeleteOccurrence', change({ etag: 'stale' }), 'stale_event', "'stale' is not its current etag"],
  ['a stale etag for what follows', 'DeleteOccurrence', change({ etag: 'stale' }, 'following'), 'stale_event', "'stale' is not its current etag"],
  ['a time that is taken', 'UpdateOccurrence', change({ start: '2026-11-23T09:30:00Z', end: '2026-11-23T10:30:00Z' }), 'date_busy', `(event ${EVENT})`],
  ['the time of the next one', 'UpdateOccurrence', change({ start: '2026-12-09T15:30:00Z', end: '2026-12-09T16:30:00Z' }), 'date_busy', `(event ${SERIES})`],
  ['what follows at a taken time', 'UpdateOccurrence', change({ start: '2026-11-23T09:30:00Z', end: '2026-11-23T10:30:00Z' }, 'following'), 'date_busy', `(event ${EVENT})`],
];
