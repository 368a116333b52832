/** Bytes for a connection of its own, with the code and the words of the one answer. */
export type HttpWireCase = readonly [
  what: string,
  make: (authorization: string) => string,
  code: string,
  says: string,
  more?: { readonly status?: number; /** Says that no more bytes come. */ readonly isCutShort?: boolean },
];

const LUNCH = '{"title":"Smuggled","start":"2026-11-24T12:00:00Z","duration":"PT1H"}';
const NO_HTTP = 'this is not a valid HTTP/1.1 request';
const TOO_LONG = 'the request line and headers are longer than 16384 bytes';
const SECOND = 'DELETE /api/v1/events/0196a1b2-0000-7000-8000-00000000e001 HTTP/1.1\r\nhost: localhost\r\n';

/** A request for the calendars with these lines in its head. */
function get(...lines: readonly string[]) {
  return (authorization: string): string =>
    [
      'GET /api/v1/calendars HTTP/1.1',
      'host: localhost',
      authorization,
      'connection: close',
      ...lines,
      '',
      '',
    ].join('\r\n');
}

/** A new event with these lines in its head. */
function post(lines: readonly string[], body: string) {
  return (authorization: string): string =>
    [
      'POST /api/v1/events HTTP/1.1',
      'host: localhost',
      authorization,
      'content-type: application/json',
      'connection: close',
      ...lines,
      '',
      body,
    ].join('\r\n');
}

/** A new event, and right behind it what a careless server would take for a request of its own. */
function smuggle(...lines: readonly string[]) {
  return (authorization: string): string =>
    post(
      lines,
      `${LUNCH.length.toString(16)}\r\n${LUNCH}\r\n0\r\n\r\n${SECOND}${authorization}\r\n\r\n`,
    )(authorization);
}

// prettier-ignore
export const HTTP_WIRE_CASES: readonly HttpWireCase[] = [
  // The request line.
  ['no words of HTTP', () => 'HELLO\r\n\r\n', 'invalid_request', NO_HTTP],
  ['a method that nobody knows', () => 'FETCH / HTTP/1.1\r\nhost: localhost\r\n\r\n', 'invalid_request', NO_HTTP],
  ['a method in small letters', () => 'get / HTTP/1.1\r\nhost: localhost\r\n\r\n', 'invalid_request', NO_HTTP],
  ['two blanks before the path', () => 'GET  /nowhere HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n', 'not_found', 'there is nothing at'],
  ['a path without a slash', () => 'GET calendars HTTP/1.1\r\nhost: localhost\r\n\r\n', 'invalid_request', NO_HTTP],
  ['NUL in the path', () => 'GET /\u0000 HTTP/1.1\r\nhost: localhost\r\n\r\n', 'invalid_request', NO_HTTP],
  ['HTTP/9.9', () => 'GET / HTTP/9.9\r\nhost: localhost\r\n\r\n', 'invalid_request', NO_HTTP],
  ['a greeting of TLS', () => '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003', 'invalid_request', NO_HTTP],
  ['a request line of 20,000 characters', () => `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n`, 'invalid_request', TOO_LONG, { status: 431 }],
  ['a preface of HTTP/2 with a mistake', () => 'PRI * HTTP/2.0\r\n\r\nSMELL\r\n\r\n', 'invalid_request', NO_HTTP],
  ['a whole address for a path', (authorization) => `GET http://evil.example/api/v1/calendars HTTP/1.1\r\nhost: localhost\r\n${authorization}\r\nconnection: close\r\n\r\n`, 'forbidden', "host: 'evil.example' is not a name of this server"],

  // Headers.
  ['no Host', (authorization) => `GET /api/v1/calendars HTTP/1.1\r\n${authorization}\r\nconnection: close\r\n\r\n`, 'invalid_request', 'host: the header is missing; allowed is the name that this server is reached by'],
  ['an empty Host', () => 'GET /health HTTP/1.1\r\nhost:\r\nconnection: close\r\n\r\n', 'forbidden', "host: '' is not a name of this server"],
  ['two Hosts', get('host: evil.example'), 'invalid_request', 'host: the header is given 2 times; allowed is once'],
  ['the same Host twice', get('Host: localhost'), 'invalid_request', 'host: the header is given 2 times; allowed is once'],
  ['a blank before the colon', get('x-a : b'), 'invalid_request', NO_HTTP],
  ['a header without a colon', get('x-a'), 'invalid_request', NO_HTTP],
  ['a header without a name', get(': b'), 'invalid_request', NO_HTTP],
  ['a header over two lines', get('x-a: b', ' c'), 'invalid_request', NO_HTTP],
  ['NUL in a header', get('x-a: a\u0000b'), 'invalid_request', NO_HTTP],
  ['a carriage return in a header', get('x-a: a\rb'), 'invalid_request', NO_HTTP],
  ['a header of 20,000 characters', get(`x-a: ${'x'.repeat(20_000)}`), 'invalid_request', TOO_LONG, { status: 431 }],
  ['5,000 headers', get(...Array.from({ length: 5000 }, (_, i) => `x-${i}: 1`)), 'invalid_request', TOO_LONG, { status: 431 }],
  ['an expectation that nobody meets', get('expect: the unexpected'), 'invalid_request', "expect: 'the unexpected' is not met here; allowed is 100-continue", { status: 417 }],

  // Two readings of where a body ends.
  ['a length that is no number', post(['content-length: many'], LUNCH), 'invalid_request', NO_HTTP],
  ['a negative length', post(['content-length: -1'], LUNCH), 'invalid_request', NO_HTTP],
  ['a length with a sign', post([`content-length: +${LUNCH.length}`], LUNCH), 'invalid_request', NO_HTTP],
  ['a length in hexadecimals', post(['content-length: 0x10'], LUNCH), 'invalid_request', NO_HTTP],
  ['an endless length', post([`content-length: ${'9'.repeat(30)}`], LUNCH), 'invalid_request', NO_HTTP],
  ['two lengths', post([`content-length: ${LUNCH.length}`, 'content-length: 5'], LUNCH), 'invalid_request', NO_HTTP],
  ['a list of lengths', post([`content-length: ${LUNCH.length}, ${LUNCH.length}`], LUNCH), 'invalid_request', NO_HTTP],
  ['a length that is too short', post(['content-length: 20'], LUNCH), 'invalid_request', NO_HTTP],
  ['a length beside chunks', smuggle(`content-length: ${LUNCH.length}`, 'transfer-encoding: chunked'), 'invalid_request', NO_HTTP],
  ['chunks beside a length', smuggle('transfer-encoding: chunked', 'content-length: 0'), 'invalid_request', NO_HTTP],
  ['chunks under another name', smuggle('transfer-encoding: xchunked'), 'invalid_request', NO_HTTP],
  ['chunks that are not last', smuggle('transfer-encoding: chunked, identity'), 'invalid_request', NO_HTTP],
  ['chunks behind a tab', smuggle('transfer-encoding:\u000bchunked'), 'invalid_request', NO_HTTP],
  ['a chunk whose size is no number', post(['transfer-encoding: chunked'], `zz\r\n${LUNCH}\r\n0\r\n\r\n`), 'invalid_request', NO_HTTP],
  ['a chunk whose size is negative', post(['transfer-encoding: chunked'], `-5\r\n${LUNCH}\r\n0\r\n\r\n`), 'invalid_request', NO_HTTP],
  ['a chunk of 2^64 bytes', post(['transfer-encoding: chunked'], `10000000000000000\r\n${LUNCH}`), 'invalid_request', NO_HTTP],
  ['a chunk that is longer than it says', post(['transfer-encoding: chunked'], `5\r\n${LUNCH}\r\n0\r\n\r\n`), 'invalid_request', NO_HTTP],
  ['a chunk extension of 20,000 characters', post(['transfer-encoding: chunked'], `5;${'x'.repeat(20_000)}\r\n`), 'payload_too_large', 'the chunk extensions are longer than 16384 bytes'],
  ['chunks that end in the middle', post(['transfer-encoding: chunked'], `${LUNCH.length.toString(16)}\r\n${LUNCH}`), 'invalid_request', NO_HTTP, { isCutShort: true }],
  ['a length of 100 MB', post(['content-length: 100000000'], LUNCH), 'payload_too_large', 'the body is larger than limits.body allows'],
];
