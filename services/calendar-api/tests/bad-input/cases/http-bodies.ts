import { gzipSync } from 'node:zlib';
import type { HttpCase } from '../_support/describe-http-refusals.ts';
import { EVENT } from '../_support/fixtures.ts';

const LUNCH = '"title":"Lunch","start":"2026-11-24T12:00:00Z","duration":"PT1H"';
const GOOD = `{${LUNCH}}`;
const patch = { method: 'PATCH', path: `/api/v1/events/${EVENT}` };

function typed(type: string) {
  return { body: GOOD, headers: { 'content-type': type } };
}

// prettier-ignore
export const HTTP_BODY_CASES: readonly HttpCase[] = [
  // No body, or no object.
  ['no body', {}, 'invalid_request', 'body: is missing or null; allowed is an object'],
  ['no body to change something', patch, 'invalid_request', 'body: is missing or null; allowed is an object'],
  ['a blank body', { body: ' \n' }, 'invalid_request', 'body: is no valid JSON: Unexpected end of JSON input; allowed is a JSON object'],
  ['null', { body: 'null' }, 'invalid_request', 'body: is missing or null; allowed is an object'],
  ['a number', { body: '5' }, 'invalid_request', 'body: is the number 5; allowed is an object'],
  ['a string', { body: '"Lunch"' }, 'invalid_request', "body: is the string 'Lunch'; allowed is an object"],
  ['an array', { body: `[${GOOD}]` }, 'invalid_request', 'body: is an array; allowed is an object'],

  // What is no JSON.
  ['an object that is cut short', { body: `{${LUNCH}` }, 'invalid_request', 'body: is no valid JSON: Expected'],
  ['text behind the object', { body: `${GOOD}{}` }, 'invalid_request', 'body: is no valid JSON: Unexpected'],
  ['a comma at the end', { body: `{${LUNCH},}` }, 'invalid_request', 'body: is no valid JSON: Expected double-quoted property name'],
  ['single quotes', { body: "{'title':'Lunch'}" }, 'invalid_request', 'body: is no valid JSON: Expected property name'],
  ['a comment', { body: `/* lunch */${GOOD}` }, 'invalid_request', 'body: is no valid JSON: Unexpected token'],
  ['NaN', { body: '{"title":NaN}' }, 'invalid_request', 'body: is no valid JSON: Unexpected token'],
  ['a control character in a string', { body: '{"title":"a\u0001b"}' }, 'invalid_request', 'body: is no valid JSON: Bad control character in string literal'],
  ['nothing but NUL', { body: '\u0000\u0000' }, 'invalid_request', 'body: is no valid JSON: Unexpected token'],
  ['an escape that is none', { body: String.raw`{"title":"\x41"}` }, 'invalid_request', 'body: is no valid JSON: Bad escaped character'],
  ['UTF-16', { body: Buffer.from(GOOD, 'utf16le') }, 'invalid_request', 'body: is no valid JSON'],
  ['UTF-16 with a byte order mark', { body: Buffer.from(`\ufeff${GOOD}`, 'utf16le') }, 'invalid_request', 'body: is no valid UTF-8; allowed is JSON text in UTF-8'],
  ['a Latin-1 letter', { body: Buffer.from('{"title":"Caf\u00e9"}', 'latin1') }, 'invalid_request', 'body: is no valid UTF-8'],
  ['an overlong NUL', { body: Buffer.from([...Buffer.from('{"title":"'), 0xc0, 0x80, 0x22, 0x7d]) }, 'invalid_request', 'body: is no valid UTF-8'],
  ['a surrogate in UTF-8', { body: Buffer.from([...Buffer.from('{"title":"'), 0xed, 0xa0, 0x80, 0x22, 0x7d]) }, 'invalid_request', 'body: is no valid UTF-8'],
  ['half a character, escaped', { body: String.raw`{"title":"\ud83d","start":"2026-11-24T12:00:00Z","duration":"PT1H"}` }, 'invalid_event', 'title: is no well-formed Unicode text: it has a lone surrogate'],
  ['NUL, escaped', { body: String.raw`{"title":"a\u0000b","start":"2026-11-24T12:00:00Z","duration":"PT1H"}` }, 'invalid_event', 'title: has the control character U+0000 at position 1'],

  // Keys.
  ['an unknown field', { body: `{${LUNCH},"colour":"red"}` }, 'invalid_request', 'colour: is no field of this request; allowed are id, calendar_id, uid, title, start, end,'],
  ['a misspelt field', { body: `{${LUNCH},"titel":"x"}` }, 'invalid_request', "titel: is no field of this request; did you mean 'title'?"],
  ['a field in camel case', { body: `{${LUNCH},"timeZone":"UTC"}` }, 'invalid_request', "timeZone: is no field of this request; did you mean 'time_zone'?"],
  ['a field in capitals', { body: `{${LUNCH},"Busy":true}` }, 'invalid_request', "Busy: is no field of this request; did you mean 'busy'?"],
  ['an empty field name', { body: `{${LUNCH},"":1}` }, 'invalid_request', "'': is no field of this request"],
  ['a field name with an escape', { body: String.raw`{"\u001b[31m":1}` }, 'invalid_request', String.raw`\u001b[31m: is no field of this request`],
  ['a field name of 1,000 characters', { body: `{"${'k'.repeat(1000)}":1}` }, 'invalid_request', `${'k'.repeat(57)}…: is no field of this request`],
  ['1,000 unknown fields', { body: JSON.stringify(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`f${i}`, i]))) }, 'invalid_request', 'f0: is no field of this request'],
  ['a key twice', { body: `{${LUNCH},"title":"Dinner"}` }, 'invalid_request', 'title: is given twice; allowed is once'],
  ['a key twice, once escaped', { body: String.raw`{"title":"a","\u0074itle":"b"}` }, 'invalid_request', 'title: is given twice; allowed is once'],
  ['a key twice, deep inside', { body: '{"recurrence":{"rrule":"x","rrule":"y"}}' }, 'invalid_request', 'rrule: is given twice; allowed is once'],
  ['__proto__', { body: `{${LUNCH},"__proto__":{"busy":false}}` }, 'invalid_request', '__proto__: is not allowed as the name of a field'],
  ['__proto__, escaped', { body: String.raw`{"__pr\u006fto__":null}` }, 'invalid_request', '__proto__: is not allowed as the name of a field'],
  ['constructor', { body: `{${LUNCH},"constructor":{"prototype":{}}}` }, 'invalid_request', 'constructor: is no field of this request'],
  ['toString', { body: `{${LUNCH},"toString":1}` }, 'invalid_request', 'toString: is no field of this request'],
  ['a read-only field of another type is no key of its own', { body: '{"owner":{"__proto__":1}}' }, 'invalid_request', '__proto__: is not allowed as the name of a field'],

  // Size and depth.
  ['17 arrays in each other', { body: `{"notify_before":${'['.repeat(16)}${']'.repeat(16)}}` }, 'invalid_request', 'body: nests deeper than 16 objects and arrays; allowed are 16'],
  ['100,000 arrays in each other', { body: '['.repeat(100_000) + ']'.repeat(100_000) }, 'invalid_request', 'body: nests deeper than 16 objects and arrays'],
  ['100,000 arrays that do not end', { body: '['.repeat(100_000) }, 'invalid_request', 'body: is no valid JSON'],
  ['a body of 1 MiB and a byte', { body: ' '.repeat(1024 * 1024 + 1) }, 'payload_too_large', 'the body is larger than limits.body allows'],
  ['a chunked body of 2 MiB', { body: ' '.repeat(2 * 1024 * 1024), headers: { 'transfer-encoding': 'chunked' } }, 'payload_too_large', 'the body is larger than limits.body allows'],

  // Content types and codings.
  ['a form', typed('application/x-www-form-urlencoded'), 'unsupported_media_type', 'content-type: '],
  ['plain text', typed('text/plain'), 'unsupported_media_type', 'allowed is application/json'],
  ['several parts', typed('multipart/form-data; boundary=x'), 'unsupported_media_type', 'content-type: '],
  ['XML', typed('application/xml'), 'unsupported_media_type', 'content-type: '],
  ['a type like ours', typed('application/jsonp'), 'unsupported_media_type', 'content-type: '],
  ['a type that is none', typed('json'), 'unsupported_media_type', 'content-type: '],
  ['a type with JSON in a parameter', typed('text/plain; application/json'), 'unsupported_media_type', 'content-type: '],
  ['a merge patch where nothing is to patch', typed('application/merge-patch+json'), 'unsupported_media_type', "content-type: 'application/merge-patch+json' is not read here; allowed is application/json: this is no patch"],
  ['a JSON Patch', { ...patch, ...typed('application/json-patch+json') }, 'unsupported_media_type', 'content-type: '],
  ['a compressed body', { body: gzipSync(GOOD), headers: { 'content-encoding': 'gzip' } }, 'unsupported_media_type', "content-encoding: 'gzip' is not read here; allowed is a body that is not compressed"],
];
