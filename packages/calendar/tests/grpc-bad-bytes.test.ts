import { create, toBinary } from '@bufbuild/protobuf';
import { CalendarService, GetEventRequestSchema } from '@daywatch/protocol/calendar';
import { once } from 'node:events';
import { deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, failureOf } from './_support/grpc-client.ts';
import { startTestServer, type TestServer } from './_support/grpc-server.ts';
import { connectRaw, frame, grpcHeaders } from './_support/http2-client.ts';

const { method } = CalendarService;
const CREATE = '/daywatch.calendar.v1.CalendarService/CreateEvent';
const GET = '/daywatch.calendar.v1.CalendarService/GetEvent';
const NO_EVENT = toBinary(
  GetEventRequestSchema,
  create(GetEventRequestSchema, { id: '0196a1b2-1c2d-7e3f-8a4b-5c6d7e8f9a0b' }),
);

const OK = '0';
const INVALID_ARGUMENT = '3';
const DEADLINE_EXCEEDED = '4';
const NOT_FOUND = '5';
const RESOURCE_EXHAUSTED = '8';
const UNIMPLEMENTED = '12';
const UNAUTHENTICATED = '16';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

describe('bytes that are no message', () => {
  it.each([
    ['a field that is cut short', [0x0a, 0x10, 0x61]],
    ['a tag without a value', [0x0a]],
    ['broken UTF-8', [0x0a, 0x02, 0xc3, 0x28]],
    ['a lone surrogate in UTF-8', [0x0a, 0x03, 0xed, 0xa0, 0x80]],
    ['the field number 0', [0x02, 0x01, 0x61]],
    ['an end of a group that was not begun', [0x0c]],
    ['an unknown wire type', [0x0f, 0x01]],
    ['a varint that does not end', Array.from({ length: 12 }, () => 0xff)],
    ['a length beyond 2^31', [0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]],
    ['a number where text belongs', [0x08, 0x96, 0x01]],
  ])('should be an invalid request: %s', async (_case, bytes) => {
    using client = connect(server.address);

    const failure = await failureOf(client.callBytes(method.getEvent, Uint8Array.from(bytes)));

    expect(failure).toMatchObject({ status: 'INVALID_ARGUMENT', reason: 'invalid_request' });
    expect(failure.message).toContain('daywatch.calendar.v1.GetEventRequest');
  });

  it('should be an invalid request: groups that are nested without end', async () => {
    using client = connect(server.address);

    const failure = await failureOf(client.callBytes(method.getEvent, new Uint8Array(100_000).fill(0x7b)));

    expect(failure).toMatchObject({ status: 'INVALID_ARGUMENT', reason: 'invalid_request' });
  });

  it('should pass over fields that a newer client knows', async () => {
    using client = connect(server.address);
    const newer = Buffer.concat([NO_EVENT, Uint8Array.from([0xfa, 0x01, 0x01, 0x78])]);

    expect((await failureOf(client.callBytes(method.getEvent, newer))).status).toBe('NOT_FOUND');
  });

  it('should refuse NUL in a text', async () => {
    using client = connect(server.address);

    const failure = await failureOf(
      client.call(method.createEvent, { event: { title: 'a\0b', start: '2026-03-30', allDay: true } }),
    );

    expect(failure).toMatchObject({ status: 'INVALID_ARGUMENT', reason: 'invalid_event' });
  });
});

describe('messages that are too long', () => {
  it('should be refused by their announced length, before they are read', async () => {
    using client = connect(server.address);

    const failure = await failureOf(client.callBytes(method.getEvent, new Uint8Array(300_000)));

    expect(failure).toMatchObject({ status: 'RESOURCE_EXHAUSTED', reason: 'payload_too_large' });
    await expect
      .poll(() => server.accessLines.some(({ status }) => status === 'RESOURCE_EXHAUSTED'))
      .toBe(true);
  });

  it('should take the longest event that is allowed', async () => {
    using client = connect(server.address, 'longwinded');

    const event = await client.call(method.createEvent, {
      event: {
        title: '日'.repeat(200),
        start: '2026-03-30',
        allDay: true,
        description: '😀'.repeat(20_000),
        location: '日'.repeat(1_000),
      },
    });

    expect(event.description).toHaveLength(40_000);
  });
});

describe('compressed messages', () => {
  it.each([
    ['gzip', gzipSync(NO_EVENT)],
    ['deflate', deflateSync(NO_EVENT)],
  ])('should be read: %s', async (encoding, bytes) => {
    using raw = connectRaw(server.port);

    const answer = await raw.send(GET, frame(bytes, true), { 'grpc-encoding': encoding });

    expect(answer.grpcStatus).toBe(NOT_FOUND);
  });

  it('should not grow beyond the limit, however small they arrive', async () => {
    using raw = connectRaw(server.port);
    const bomb = gzipSync(new Uint8Array(100_000_000));

    const answer = await raw.send(CREATE, frame(bomb, true), { 'grpc-encoding': 'gzip' });

    expect(bomb.length).toBeLessThan(200_000);
    expect(answer.grpcStatus).toBe(RESOURCE_EXHAUSTED);
  });

  it.each([
    ['what is no gzip', Uint8Array.from([1, 2, 3, 4])],
    ['gzip with a wrong checksum', corrupt(gzipSync(NO_EVENT), -5)],
  ])('should be an invalid request: %s', async (_case, bytes) => {
    using raw = connectRaw(server.port);

    const answer = await raw.send(GET, frame(bytes, true), { 'grpc-encoding': 'gzip' });

    expect(answer).toMatchObject({ grpcStatus: INVALID_ARGUMENT });
    expect(answer.grpcMessage).toContain('cannot be decompressed');
  });

  it('should be refused in an encoding that nobody knows', async () => {
    using raw = connectRaw(server.port);

    const answer = await raw.send(GET, frame(NO_EVENT, true), { 'grpc-encoding': 'br' });

    expect(answer).toMatchObject({ grpcStatus: UNIMPLEMENTED, reason: 'unimplemented' });
  });
});

describe('requests that no gRPC client sends', () => {
  it.each([
    ['no message', Buffer.alloc(0)],
    ['two messages', Buffer.concat([frame(NO_EVENT), frame(NO_EVENT)])],
  ])('should refuse a call with %s', async (_case, body) => {
    using raw = connectRaw(server.port);

    expect(await raw.send(GET, body)).toMatchObject({ grpcStatus: UNIMPLEMENTED, reason: 'unimplemented' });
  });

  it('should refuse a timeout that is none', async () => {
    using raw = connectRaw(server.port);

    const answer = await raw.send(GET, frame(NO_EVENT), { 'grpc-timeout': 'soon' });

    expect(answer.grpcStatus).toBe(INVALID_ARGUMENT);
    expect(answer.grpcMessage).toContain('grpc-timeout');
  });

  it('should end a call whose deadline passes before its message is there', async () => {
    using raw = connectRaw(server.port);
    const stream = raw.session.request({ ...grpcHeaders(GET), 'grpc-timeout': '50m' });
    stream.write(frame(NO_EVENT).subarray(0, 7));

    const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];

    expect(headers['grpc-status']).toBe(DEADLINE_EXCEEDED);
  });

  it.each(['/daywatch.calendar.v1.CalendarService/Nothing', '/nothing', '/'])(
    'should not implement %s',
    async (path) => {
      using raw = connectRaw(server.port);

      expect((await raw.send(path, frame(NO_EVENT))).grpcStatus).toBe(UNIMPLEMENTED);
    },
  );

  it('should refuse another content type', async () => {
    using raw = connectRaw(server.port);

    const answer = await raw.send(GET, frame(NO_EVENT), { 'content-type': 'application/json' });

    expect(answer.httpStatus).toBe(415);
  });

  it('should forget a stream that is reset in the middle of its message', async () => {
    await using observed = await startTestServer();
    using raw = connectRaw(observed.port);
    const stream = raw.session.request(grpcHeaders(GET));
    stream.on('error', () => {});
    stream.write(frame(NO_EVENT).subarray(0, 7));
    await once(stream, 'ready');

    stream.close(8);

    await expect.poll(() => observed.accessLines.length).toBe(1);
    expect(observed.limiter.running()).toBe(0);
    expect((await raw.send(GET, frame(NO_EVENT))).grpcStatus).toBe(NOT_FOUND);
  });

  it('should not read the message of a caller without a credential', async () => {
    using raw = connectRaw(server.port);
    const stream = raw.session.request({ ...grpcHeaders(CREATE), authorization: 'Basic x' });
    stream.write(frame(NO_EVENT).subarray(0, 7));

    const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];

    expect(headers['grpc-status']).toBe(UNAUTHENTICATED);
  });

  it('should end a call whose message does not come within the deadline', async () => {
    await using hasty = await startTestServer({ limits: { deadlineMs: 50 } });
    using raw = connectRaw(hasty.port);
    const stream = raw.session.request(grpcHeaders(GET));
    stream.write(frame(NO_EVENT).subarray(0, 7));

    const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];

    expect(headers['grpc-status']).toBe(DEADLINE_EXCEEDED);
  });

  it('should answer where the client sends the message byte by byte', async () => {
    using raw = connectRaw(server.port);
    const stream = raw.session.request(grpcHeaders('/daywatch.calendar.v1.CalendarService/ListCalendars'));
    let status: unknown;
    stream.on('trailers', (trailers) => (status = trailers['grpc-status']));
    stream.resume();

    for (const byte of frame(new Uint8Array())) stream.write(Uint8Array.of(byte));
    stream.end();
    await once(stream, 'close');

    expect(status).toBe(OK);
  });
});

function corrupt(bytes: Buffer, position: number): Buffer {
  const changed = Buffer.from(bytes);
  const index = bytes.length + position;
  changed[index] = (changed[index] ?? 0) ^ 0xff;
  return changed;
}
