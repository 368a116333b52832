import type { HttpCase } from '../_support/describe-http-refusals.ts';
import { EVENT, FAMILY } from '../_support/fixtures.ts';

const event = `/api/v1/events/${EVENT}`;
const day = '/api/v1/days/2026-11-23/occurrences';
const range = '/api/v1/occurrences?from=2026-11-23T00:00:00Z&to=2026-11-24T00:00:00Z';

function get(path: string) {
  return { method: 'GET', path };
}

function change(headers: Readonly<Record<string, string>>) {
  return { method: 'PATCH', path: event, body: '{"title":"Changed"}', headers };
}

// prettier-ignore
export const HTTP_ROUTE_CASES: readonly HttpCase[] = [
  // Paths.
  ['a path that is not there', get('/api/v1/eventz'), 'not_found', "there is nothing at '/api/v1/eventz'"],
  ['a list of all events', get('/api/v1/events'), 'method_not_allowed', "GET is not allowed at '/api/v1/events'; allowed are POST", { headers: { allow: 'POST' } }],
  ['an event without an id', get('/api/v1/events/'), 'event_not_found', "there is no event ''"],
  ['the API by itself', get('/api/v1'), 'not_found', "there is nothing at '/api/v1'"],
  ['another version', get('/api/v2/calendars'), 'not_found', "there is nothing at '/api/v2/calendars'"],
  ['a path in capitals', get('/API/V1/CALENDARS'), 'not_found', "there is nothing at '/API/V1/CALENDARS'"],
  ['two slashes', get('//api/v1/calendars'), 'not_found', "there is nothing at '//api/v1/calendars'"],
  ['dots in the path', get('/api/v1/events/../calendars'), 'not_found', 'there is nothing at'],
  ['dots that are escaped', get('/docs/%2e%2e/%2e%2e/package.json'), 'not_found', 'there is nothing at'],
  ['a percent sign alone', get('/api/v1/events/%'), 'invalid_request', "'/api/v1/events/%' is not a valid url component"],
  ['an escape that is none', get('/api/v1/events/%zz'), 'invalid_request', "'/api/v1/events/%zz' is not a valid url component"],
  ['an escape that is no UTF-8', get('/api/v1/events/%c3%28'), 'invalid_request', "'/api/v1/events/%c3%28' is not a valid url component"],
  ['an id of 3,000 characters', get(`/api/v1/events/${'0'.repeat(3000)}`), 'invalid_request', 'a part of the path is longer than is allowed', { status: 414 }],
  ['a path of 10,000 characters', get('/x'.repeat(5000)), 'not_found', `there is nothing at '${'/x'.repeat(100)}'`],
  ['a path of 10,000 characters with a wrong escape', get(`${'/x'.repeat(5000)}/%zz`), 'invalid_request', `'${'/x'.repeat(100)}`],
  ['a calendar by its id', get(`/api/v1/calendars/${FAMILY}`), 'method_not_allowed', `GET is not allowed at '/api/v1/calendars/${FAMILY}'; allowed are PATCH`],

  // Methods.
  ['PUT of an event', { method: 'PUT', path: event, body: '{}' }, 'method_not_allowed', `PUT is not allowed at '${event}'; allowed are DELETE, GET, HEAD, PATCH`, { headers: { allow: 'DELETE, GET, HEAD, PATCH' } }],
  ['POST to an event', { path: event, body: '{}' }, 'method_not_allowed', 'POST is not allowed at'],
  ['DELETE of all events', { method: 'DELETE' }, 'method_not_allowed', 'DELETE is not allowed at'],
  ['DELETE of a calendar', { method: 'DELETE', path: `/api/v1/calendars/${FAMILY}` }, 'method_not_allowed', 'DELETE is not allowed at'],
  ['POST to a listing', { path: day }, 'method_not_allowed', 'POST is not allowed at'],
  ['TRACE', { method: 'TRACE', path: event }, 'method_not_allowed', 'TRACE is not allowed at'],
  ['a method of WebDAV', { method: 'PROPFIND', path: event }, 'method_not_allowed', 'PROPFIND is not allowed at'],
  ['a method in another header', { ...change({ 'x-http-method-override': 'DELETE' }), method: 'POST' }, 'method_not_allowed', 'POST is not allowed at'],

  // Queries.
  ['a parameter where there are none', get(`${event}?verbose=1`), 'invalid_request', 'verbose: is no parameter of this request; allowed are no parameters'],
  ['a parameter to create', { path: '/api/v1/events?dry_run=true', body: '{}' }, 'invalid_request', 'dry_run: is no parameter of this request'],
  ['a parameter to delete', { method: 'DELETE', path: `${event}?force` }, 'invalid_request', 'force: is no parameter of this request'],
  ['a parameter twice', get(`${day}?time_zone=UTC&time_zone=Asia/Tokyo`), 'invalid_request', 'time_zone: is given 2 times; allowed is once'],
  ['a page size twice', get(`${day}?page_size=5&page_size=5`), 'invalid_request', 'page_size: is given 2 times; allowed is once'],
  ['a parameter as an array', get(`${day}?time_zone[]=UTC`), 'invalid_request', 'time_zone[]: is no parameter of this request'],
  ['__proto__ as a parameter', get(`${day}?__proto__=x`), 'invalid_request', '__proto__: is no parameter of this request'],
  ['constructor as a parameter', get(`${day}?constructor=x`), 'invalid_request', 'constructor: is no parameter of this request'],
  ['an empty parameter name', get(`${day}?=5`), 'invalid_request', 'is no parameter of this request'],
  ['NUL in a parameter', get(`${day}?time_zone=UTC%00`), 'invalid_request', String.raw`time_zone: 'UTC\u0000' is no known time zone`],
  ['an escape in a page size', get(`${day}?page_size=%1b[31m`), 'invalid_request', String.raw`page_size: '\u001b[31m' is no whole number`],
  ['broken UTF-8 in a zone', get(`${day}?time_zone=%ff`), 'invalid_request', 'is no known time zone'],
  ['broken UTF-8 in a time', get(range.replace('2026', '%c3%28')), 'invalid_request', 'is not a time'],
  ['1,000 parameters', get(`${day}?${Array.from({ length: 1000 }, (_, i) => `p${i}`).join('&')}`), 'invalid_request', 'p0: is no parameter of this request'],

  // Conditions.
  ['an If-Match that is none', change({ 'if-match': '"a" "b"' }), 'invalid_request', `if-match: '"a" "b"' is no entity tag; allowed are the etags of events in quotes`],
  ['an If-Match that is not closed', change({ 'if-match': '"a' }), 'invalid_request', `if-match: '"a' is no entity tag`],
  ['an empty If-Match', change({ 'if-match': '' }), 'invalid_request', "if-match: '' is no entity tag"],
  ['an If-Match of commas', change({ 'if-match': ', ,' }), 'invalid_request', "if-match: ', ,' is no entity tag"],
  ['a weak If-Match', change({ 'if-match': 'W/"1"' }), 'stale_event', 'is not its current etag'],
  ['an If-Match of 5,000 tags', change({ 'if-match': '"a",'.repeat(3000) }), 'stale_event', 'is not its current etag'],
  ['an If-None-Match that is none', { ...get(event), headers: { 'if-none-match': '"' } }, 'invalid_request', `if-none-match: '"' is no entity tag`],
];
