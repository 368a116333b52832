import type { JsonObject, JsonValue } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { encodeInput } from './call-grpc.ts';
import { toHttpRequest, type HttpRequest } from './call-http.ts';
import { BOBS_EVENT, EVENT, FAMILY, HOLIDAY, SECOND_WEDNESDAY, SERIES } from './fixtures.ts';
import { recurrence } from './random-recurrences.ts';
import { OPERATIONS, type Operation } from './operations.ts';

/** Texts that have broken something somewhere, and texts that nearly fit. */
const NASTY = [
  '',
  ' ',
  '\u0000',
  '\u001b[2J',
  '\ud800',
  'a\nb',
  "' OR 1=1 --",
  '../../x',
  '%00',
  '${x}',
  '[object Object]',
  'null',
  '😀'.repeat(201),
  'x'.repeat(20_001),
  EVENT,
  BOBS_EVENT,
  FAMILY,
  EVENT.toUpperCase(),
  '*',
  'UTC',
  'Europe/Berlin',
  'Pacific/Apia',
  'Etc/GMT+14',
  '2026-11-23',
  '2026-11-23T09:00:00Z',
  '2026-02-30',
  '2026-03-29T02:30:00',
  '0001-01-01',
  '0001-01-01T00:00:00Z',
  '9999-12-31',
  '9999-12-31T23:59:59Z',
  '0000-01-01',
  '10000-01-01',
  '9999-12-31T23:59:59-23:59',
  '0001-01-01T00:00:00+23:59',
  'PT0S',
  'PT1H',
  '-PT1H',
  'P366D',
  'P999999999W',
  'PT999999999H',
  '0',
  '-1',
  '1000',
  '1001',
  '1e9',
  '0x10',
  'NaN',
];

const EVENT_FIELDS = [
  'id',
  'calendar_id',
  'uid',
  'title',
  'start',
  'end',
  'duration',
  'time_zone',
  'description',
  'location',
  'etag',
];
const FLAGS = ['all_day', 'busy'];
const CALENDAR_FIELDS = ['id', 'name', 'time_zone'];
const PARAMETERS = ['from', 'to', 'time_zone', 'calendar_id', 'page_size', 'page_token', '__proto__', 'x'];
const PATHS = [
  '/api/v1/events',
  '/api/v1/events/*',
  '/api/v1/events/*/occurrences',
  `/api/v1/events/${SERIES}/occurrences/*`,
  '/api/v1/calendars',
  '/api/v1/calendars/*',
  '/api/v1/days/*/occurrences',
  '/api/v1/weeks/*/occurrences',
  '/api/v1/months/*/occurrences',
  '/api/v1/occurrences',
  '/api/v1/freebusy',
  '/api/v1/search',
  '/api/v1/notifications',
  '/api/v1/settings',
  // Not the root itself: where nobody has built the page, it says so with 503.
  '/elsewhere/*',
  '/docs/*',
];

const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NASTY) },
  fc.string({ unit: 'binary', maxLength: 30 }),
);

/** Fields that are nearly right: good ones, of which a few are replaced or taken away. */
function nearly(good: JsonObject, others: Readonly<Record<string, fc.Arbitrary<unknown>>>) {
  const replaced = fc.record(others, { requiredKeys: [] });
  const names = fc.uniqueArray(fc.constantFrom(...Object.keys(others)), { maxLength: 3 });
  return fc.tuple(replaced, names).map(([values, chosen]) => {
    const changes = chosen.map((name) => [name, values[name]] as const);
    return JSON.parse(JSON.stringify({ ...good, ...Object.fromEntries(changes) })) as JsonObject;
  });
}

const instant = fc
  .integer({ min: 1_700_000_000, max: 1_900_000_000 })
  .map((seconds) => new Date(seconds * 1000).toISOString());

/** A new event or a change of one. Hours are few, so that events collide. */
const event = fc
  .tuple(
    instant,
    fc.constantFrom('PT1H', 'P1D', 'P300D'),
    nearly(
      { title: 'Random' },
      {
        ...Object.fromEntries(EVENT_FIELDS.map((field) => [field, text])),
        ...Object.fromEntries(FLAGS.map((field) => [field, fc.boolean()])),
        notify_before: fc.array(text, { maxLength: 4 }),
        recurrence: recurrence(text),
      },
    ),
  )
  .map(([start, duration, fields]): JsonObject => ({ start, duration, ...fields }));

const calendar = nearly(
  { name: 'Random', time_zone: 'UTC' },
  Object.fromEntries(CALENDAR_FIELDS.map((field) => [field, text])),
);

/** What names something that may be there. */
const id = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(EVENT, HOLIDAY, SERIES, FAMILY) }, text);

/** What names an occurrence that may be there. */
const occurrence = {
  event_id: id,
  recurrence_id: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom(SECOND_WEDNESDAY, '2026-12-09T15:00:00Z', '2626-01-04T15:00:00Z'),
    },
    text,
  ),
  scope: fc.constantFrom('this', 'following', '7'),
};
const SECOND = { event_id: SERIES, recurrence_id: SECOND_WEDNESDAY };

const body: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  fc.oneof(event, calendar).map((value) => JSON.stringify(value)),
  fc
    .tuple(event, fc.constantFrom(...EVENT_FIELDS, ...FLAGS, 'x'), fc.jsonValue())
    .map(([value, key, other]) => JSON.stringify({ ...value, [key]: other })),
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc.string({ unit: 'binary' }),
  fc.uint8Array({ maxLength: 100 }),
);

const query = fc
  .array(fc.tuple(fc.constantFrom(...PARAMETERS), text), { maxLength: 4 })
  .map((pairs) => pairs.map(([key, value]) => `${key}=${escapeText(value)}`).join('&'));

/** Mostly a method of the API with input that is nearly right; sometimes anything at all. */
export function anyHttpRequest(token: string): fc.Arbitrary<HttpRequest> {
  const meant = fc
    .constantFrom(...OPERATIONS)
    .chain((operation) => fieldsOf(operation).map((input) => [operation, input] as const));
  return fc.oneof(
    {
      weight: 3,
      arbitrary: meant.map(([operation, input]) => toHttpRequest(operation, shorten(input), token)),
    },
    { weight: 1, arbitrary: strangeRequest() },
  );
}

/** Any method at any path with any body. */
function strangeRequest(): fc.Arbitrary<HttpRequest> {
  return fc
    .record({
      method: fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE', 'PUT', 'HEAD', 'OPTIONS'),
      pattern: fc.constantFrom(...PATHS),
      name: fc.oneof(fc.constantFrom(EVENT, HOLIDAY, FAMILY, '2026-11-23'), text),
      query,
      type: fc.constantFrom('application/json', 'application/merge-patch+json', 'text/plain', 'x', ''),
      body: fc.option(body, { nil: undefined }),
    })
    .map(({ method, pattern, name, query: given, type, body: content }) => ({
      method,
      path: `${pattern.replace('*', () => escapeText(name))}${given === '' ? '' : `?${given}`}`,
      headers:
        content === undefined
          ? {}
          : { 'content-type': type, 'content-length': String(Buffer.byteLength(content)) },
      body: content,
    }));
}

/** A message of random fields, the same with a few bytes changed, or random bytes. */
export function anyMessage(): fc.Arbitrary<readonly [Operation, Uint8Array]> {
  const change = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
    minLength: 1,
    maxLength: 3,
  });
  const message = fc.constantFrom(...OPERATIONS).chain((operation) => inputOf(operation));
  return fc.oneof(
    { weight: 4, arbitrary: message },
    {
      weight: 1,
      arbitrary: fc
        .tuple(message, change)
        .map(([[operation, bytes], changes]) => [operation, alter(bytes, changes)] as const),
    },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...OPERATIONS), fc.uint8Array({ maxLength: 100 })) },
  );
}

function inputOf(operation: Operation): fc.Arbitrary<readonly [Operation, Uint8Array]> {
  return fieldsOf(operation).map((input) => [operation, encodeInput(operation, wellFormed(input))] as const);
}

function fieldsOf(operation: Operation): fc.Arbitrary<JsonObject> {
  const page = { calendar_id: id, page_size: fc.integer({ min: -5, max: 2000 }), page_token: text };
  const whole = { from: '2026-11-01T00:00:00Z', to: '2026-12-31T00:00:00Z' };
  const range = { from: text, to: text, calendar_id: id };
  switch (operation) {
    case 'CreateEvent':
      return event;
    case 'UpdateEvent':
      return fc.tuple(event, id).map(([fields, given]): JsonObject => ({ ...fields, id: given }));
    case 'CreateCalendar':
      return calendar;
    case 'UpdateCalendar':
      return fc.tuple(calendar, id).map(([fields, given]): JsonObject => ({ ...fields, id: given }));
    case 'GetEvent':
      return nearly({ id: EVENT }, { id });
    case 'DeleteEvent':
      return nearly({ id: EVENT, etag: 'stale' }, { id, etag: text });
    case 'GetOccurrence':
      return nearly(SECOND, { event_id: id, recurrence_id: occurrence.recurrence_id });
    case 'UpdateOccurrence':
      return fc
        .tuple(event, nearly(SECOND, occurrence))
        .map(([patch, name]): JsonObject => ({ ...patch, ...name }));
    case 'DeleteOccurrence':
      return nearly({ ...SECOND, etag: 'stale' }, { ...occurrence, etag: text });
    case 'ListDay':
    case 'ListWeek':
    case 'ListMonth':
      return nearly({ date: '2026-11-23' }, { date: text, time_zone: text, ...page });
    case 'ListOccurrences':
      return nearly(whole, { ...range, ...page });
    case 'SearchEvents':
      return nearly({ query: 'dentist' }, { query: text, ...page });
    case 'QueryFreeBusy':
      return nearly(whole, range);
    case 'ListNotifications':
      return nearly(
        { status: 'pending' },
        { event_id: id, from: text, to: text, status: text, page_size: page.page_size, page_token: text },
      );
    case 'UpdateSettings':
      return nearly({ webhook_url: 'https://example.org/hook' }, { webhook_url: text, webhook_secret: text });
    case 'ListCalendars':
    case 'GetSettings':
      return fc.constant({});
    default:
      return operation satisfies never;
  }
}

/** Text in protobuf is UTF-8, so there are no halves of characters. */
function wellFormed(input: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(input), (_, value: JsonValue) =>
    typeof value === 'string' ? value.toWellFormed() : value,
  );
}

/** What goes into a path, a query or a header stays below their limits; the client sends plain headers alone. */
function shorten(input: JsonObject): JsonObject {
  const short = (key: string, value: JsonValue) => {
    if (typeof value !== 'string') return value;
    // A part of a path may be 1,024 bytes long, as it is escaped or not.
    if (key === 'recurrence_id') return value.slice(0, 250).toWellFormed();
    return key === 'etag'
      ? value.slice(0, 200).replaceAll(/[^ -~]/g, '?')
      : value.slice(0, 1500).toWellFormed();
  };
  const entries = Object.entries(wellFormed(input) as Readonly<Record<string, JsonValue>>);
  return Object.fromEntries(entries.map(([key, value]) => [key, short(key, value)]));
}

function alter(bytes: Uint8Array, changes: readonly (readonly [number, number])[]): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (const [at, value] of changes) if (copy.length > 0) copy[at % copy.length] = value;
  return copy;
}

function escapeText(value: string): string {
  return encodeURIComponent(value.slice(0, 1500).toWellFormed());
}
