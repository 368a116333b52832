import type { Case } from '../_support/describe-refusals.ts';
import { BOBS_CALENDAR, EVENT, FAMILY, NOTHING } from '../_support/fixtures.ts';

const NONE = (id: string): string => `there is no calendar '${id}'`;
const NO_NAME = 'name: is missing; allowed are 1 to 200 characters';
const EMPTY_NAME = 'name: is empty; allowed are 1 to 200 characters';

// prettier-ignore
export const CALENDAR_CASES: readonly Case[] = [
  ['nothing at all', 'CreateCalendar', {}, 'invalid_calendar', NO_NAME],
  ['a name that is null', 'CreateCalendar', { name: null }, 'invalid_calendar', NO_NAME],
  ['an empty name', 'CreateCalendar', { name: '' }, 'invalid_calendar', { http: EMPTY_NAME, grpc: NO_NAME }],
  ['a blank name', 'CreateCalendar', { name: '\u00a0 ' }, 'invalid_calendar', EMPTY_NAME],
  ['a name of 201 characters', 'CreateCalendar', { name: 'n'.repeat(201) }, 'invalid_calendar', 'name: has 201 characters; allowed are 1 to 200'],
  ['a name with NUL', 'CreateCalendar', { name: 'a\u0000' }, 'invalid_calendar', 'name: has the control character U+0000 at position 1; allowed is plain text'],
  ['an unknown zone', 'CreateCalendar', { name: 'x', time_zone: 'Moon' }, 'invalid_calendar', "time_zone: 'Moon' is no known time zone; allowed are IANA names such as Europe/Berlin or UTC"],
  ['an empty zone', 'CreateCalendar', { name: 'x', time_zone: '' }, 'invalid_calendar', { http: "time_zone: '' is no known time zone" }],
  ['a zone with NUL', 'CreateCalendar', { name: 'x', time_zone: 'UTC\u0000' }, 'invalid_calendar', 'is no known time zone'],
  ['an id that is no UUID', 'CreateCalendar', { id: 'work', name: 'x' }, 'invalid_calendar', "id: 'work' is not a UUID; allowed is the form"],
  ['an id that is taken', 'CreateCalendar', { id: FAMILY, name: 'Other' }, 'calendar_exists', `id: a calendar '${FAMILY}' exists already, with other content`],
  ["somebody else's id", 'CreateCalendar', { id: BOBS_CALENDAR, name: 'Band' }, 'calendar_exists', `id: a calendar '${BOBS_CALENDAR}' exists already`],

  ['no id', 'UpdateCalendar', { name: 'x' }, 'invalid_request', { grpc: 'calendar.id: is missing; allowed is a UUID' }],
  ['what is no id', 'UpdateCalendar', { id: 'work', name: 'x' }, 'calendar_not_found', NONE('work')],
  ['a calendar that is not there', 'UpdateCalendar', { id: NOTHING, name: 'x' }, 'calendar_not_found', NONE(NOTHING)],
  ["somebody else's calendar", 'UpdateCalendar', { id: BOBS_CALENDAR, name: 'Mine' }, 'calendar_not_found', NONE(BOBS_CALENDAR)],
  ['an event for a calendar', 'UpdateCalendar', { id: EVENT, name: 'x' }, 'calendar_not_found', NONE(EVENT)],
  ['a name cleared', 'UpdateCalendar', { id: FAMILY, name: null }, 'invalid_calendar', NO_NAME],
  ['a name made empty', 'UpdateCalendar', { id: FAMILY, name: '' }, 'invalid_calendar', { http: EMPTY_NAME, grpc: NO_NAME }],
  ['a zone cleared', 'UpdateCalendar', { id: FAMILY, time_zone: null }, 'invalid_calendar', 'time_zone: is null; allowed are IANA names such as Europe/Berlin'],
  ['a name of 201 characters', 'UpdateCalendar', { id: FAMILY, name: 'n'.repeat(201) }, 'invalid_calendar', 'name: has 201 characters; allowed are 1 to 200'],
  ['one good field and one bad', 'UpdateCalendar', { id: FAMILY, name: 'Clan', time_zone: 'x y' }, 'invalid_calendar', "time_zone: 'x y' is no known time zone"],
];
