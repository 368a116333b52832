import { create, toBinary } from '@bufbuild/protobuf';
import { CalendarService, GetEventRequestSchema } from '@daywatch/protocol/calendar';
import { createLimiter } from '@daywatch/service-kit/listen';
import { DatabaseUnavailableError } from '@daywatch/service-kit/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CalendarContext } from '../src/index.ts';
import { connect, failureOf } from './_support/grpc-client.ts';
import { startTestServer, type TestServer } from './_support/grpc-server.ts';
import { connectRaw, frame } from './_support/http2-client.ts';

const { method } = CalendarService;
const ID = '0196a1b2-1c2d-7e3f-8a4b-5c6d7e8f9a0b';
const MEETING = { title: 'Meeting', start: '2026-03-30T10:00:00Z', end: '2026-03-30T11:00:00Z' };

let server: TestServer;
let users = 0;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

function connectNewUser() {
  return connect(server.address, `user${users++}`);
}

describe('the errors of the domain', () => {
  it('should tell what is in the way of a time that is taken', async () => {
    using client = connectNewUser();
    const { id } = await client.call(method.createEvent, {
      event: { title: 'Meeting', start: '2026-03-30T12:00:00', duration: 'PT1H', timeZone: 'Europe/Berlin' },
    });

    const failure = await failureOf(
      client.call(method.createEvent, { event: { ...MEETING, start: '2026-03-30T10:30:00Z' } }),
    );

    expect(failure).toMatchObject({ status: 'FAILED_PRECONDITION', reason: 'date_busy', domain: 'daywatch' });
    expect(failure.conflicts).toMatchObject([
      {
        eventId: id,
        recurrenceId: '2026-03-30T10:00:00Z',
        start: '2026-03-30T12:00:00+02:00',
        end: '2026-03-30T13:00:00+02:00',
      },
    ]);
  });

  it('should name every field of an event that is wrong', async () => {
    using client = connectNewUser();

    const failure = await failureOf(
      client.call(method.createEvent, {
        event: { title: 'x'.repeat(201), start: '2026-02-30T10:00:00', end: '', notifyBefore: ['-PT5M'] },
      }),
    );

    expect(failure).toMatchObject({ status: 'INVALID_ARGUMENT', reason: 'invalid_event' });
    expect(failure.violations.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['title', 'start']) as string[],
    );
  });

  it('should refuse a recurrence that is none', async () => {
    using client = connectNewUser();

    const failure = await failureOf(
      client.call(method.createEvent, { event: { ...MEETING, recurrence: { rrule: 'FREQ=NEVER' } } }),
    );

    expect(failure).toMatchObject({ status: 'INVALID_ARGUMENT', reason: 'invalid_event' });
    expect(failure.violations.map(({ field }) => field)).toEqual(['recurrence.rrule']);
  });

  it('should refuse the same id with other content', async () => {
    using client = connectNewUser();
    await client.call(method.createEvent, { event: { ...MEETING, id: ID } });

    const failure = await failureOf(
      client.call(method.createEvent, { event: { ...MEETING, id: ID, title: 'Other' } }),
    );

    expect(failure).toMatchObject({ status: 'ALREADY_EXISTS', reason: 'event_exists' });
  });

  it('should refuse to delete by an etag that is not current', async () => {
    using client = connectNewUser();
    const { id, etag } = await client.call(method.createEvent, { event: MEETING });
    await client.call(method.updateEvent, { event: { id, title: 'Changed' } });

    const failure = await failureOf(client.call(method.deleteEvent, { id, etag }));

    expect(failure).toMatchObject({ status: 'ABORTED', reason: 'stale_event' });
  });

  it('should tell what is wrong with a calendar', async () => {
    using client = connectNewUser();
    const { id } = await client.call(method.createCalendar, { calendar: { name: 'Team' } });

    const missing = await failureOf(client.call(method.listDay, { date: '2026-03-30', calendarId: ID }));
    const exists = await failureOf(client.call(method.createCalendar, { calendar: { id, name: 'Other' } }));
    const invalid = await failureOf(client.call(method.createCalendar, { calendar: { name: '' } }));

    expect(missing).toMatchObject({ status: 'NOT_FOUND', reason: 'calendar_not_found' });
    expect(exists).toMatchObject({ status: 'ALREADY_EXISTS', reason: 'calendar_exists' });
    expect(invalid).toMatchObject({ status: 'INVALID_ARGUMENT', reason: 'invalid_calendar' });
    expect(invalid.violations.map(({ field }) => field)).toEqual(['name']);
  });

  it('should name what a request is about where that is missing', async () => {
    using client = connectNewUser();
    const calls = [
      [client.call(method.createEvent, {}), 'event'],
      [client.call(method.updateEvent, {}), 'event'],
      [client.call(method.updateEvent, { event: { title: 'x' } }), 'event.id'],
      [client.call(method.getEvent, {}), 'id'],
      [client.call(method.deleteEvent, {}), 'id'],
      [client.call(method.createCalendar, {}), 'calendar'],
      [client.call(method.updateCalendar, {}), 'calendar'],
      [client.call(method.updateCalendar, { calendar: { name: 'x' } }), 'calendar.id'],
    ] as const;

    for (const [call, field] of calls) {
      const failure = await failureOf(call);
      expect(failure).toMatchObject({ status: 'INVALID_ARGUMENT', reason: 'invalid_request' });
      expect(failure.violations.map((violation) => violation.field)).toEqual([field]);
    }
  });
});

describe('messages', () => {
  it('should carry any Unicode text', async () => {
    using client = connectNewUser();

    const failure = await failureOf(
      client.call(method.listDay, { date: '2026-03-30', timeZone: 'Köln/日本 %41\n' }),
    );

    expect(failure.message).toContain('Köln/日本 %41');
    expect(failure.violations[0]?.description).toContain('Köln/日本 %41');
  });

  it('should stay short enough for the trailers that every client takes', async () => {
    using client = connectNewUser();
    const long = '日'.repeat(10_000);

    const failure = await failureOf(
      client.call(method.createEvent, {
        event: {
          id: '',
          uid: long,
          title: long,
          start: long,
          end: long,
          timeZone: long,
          location: long,
          notifyBefore: Array.from({ length: 40 }, () => long.slice(0, 30)),
        },
      }),
    );

    expect(failure).toMatchObject({ status: 'INVALID_ARGUMENT', reason: 'invalid_event' });
    expect(encodeURI(failure.message).length).toBeLessThanOrEqual(1_500);
    expect(failure.violations.length).toBeGreaterThan(3);
  });
});

describe('who may call', () => {
  it.each([
    ['no credential', null],
    ['a bad credential', 'NOBODY'],
  ])('should refuse a call with %s', async (_case, user) => {
    using client = connect(server.address, user);

    const failure = await failureOf(client.call(method.getEvent, { id: ID }));

    expect(failure).toMatchObject({ status: 'UNAUTHENTICATED', reason: 'unauthenticated' });
  });

  it('should refuse a credential without the scope calendar, and name it', async () => {
    using client = connect(server.address, 'alice:monitor');

    const failure = await failureOf(client.call(method.getEvent, { id: ID }));

    expect(failure).toMatchObject({ status: 'PERMISSION_DENIED', reason: 'forbidden' });
    expect(failure.message).toContain("'calendar'");
  });
});

describe('what breaks', () => {
  it('should tell nothing of the inside, and log it with the id of the request', async () => {
    await using broken = await startTestServer({
      wrapContext: failing(() => new Error('password=hunter2 in SELECT secret')),
    });
    using client = connect(broken.address, 'alice', { 'x-request-id': 'req-7' });

    const failure = await failureOf(client.call(method.getEvent, { id: ID }));

    expect(failure).toMatchObject({ status: 'INTERNAL', reason: 'internal', requestId: 'req-7' });
    expect(failure.message).toContain("'req-7'");
    expect(JSON.stringify(failure)).not.toMatch(/hunter2|SELECT/);
    expect(broken.logged).toMatchObject([{ requestId: 'req-7', err: expect.any(Error) as Error }]);
  });

  it('should not take an error for ours because it has some code', async () => {
    await using broken = await startTestServer({
      wrapContext: failing(() => Object.assign(new Error('secret'), { code: '23505' })),
    });
    using client = connect(broken.address);

    const failure = await failureOf(client.call(method.getEvent, { id: ID }));

    expect(failure).toMatchObject({ status: 'INTERNAL', reason: 'internal' });
  });

  it('should be unavailable while the storage is, and say when to try again', async () => {
    await using broken = await startTestServer({
      wrapContext: failing(
        () => new DatabaseUnavailableError('unreachable', 'connect ECONNREFUSED 10.0.0.7'),
      ),
    });
    using client = connect(broken.address);

    const failure = await failureOf(client.call(method.getEvent, { id: ID }));

    expect(failure).toMatchObject({ status: 'UNAVAILABLE', reason: 'unavailable' });
    expect(failure.retryInfo?.retryDelay?.seconds).toBe(1n);
    expect(JSON.stringify(failure.message)).not.toContain('10.0.0.7');
  });

  it('should refuse a request id that could not stand in a log, and make one', async () => {
    using client = connect(server.address, 'alice', { 'x-request-id': 'two words' });

    const failure = await failureOf(client.call(method.getEvent, {}));

    expect(failure.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('limits of calls', () => {
  it('should tell when to try again where too many calls wait', async () => {
    const gate = Promise.withResolvers<undefined>();
    await using slow = await startTestServer({
      wrapContext: waiting(() => gate.promise),
      limiter: createLimiter({ maxRunning: 1, maxWaiting: 1 }),
    });
    using client = connect(slow.address);
    const first = client.call(method.getEvent, { id: ID });
    const second = client.call(method.getEvent, { id: ID });

    const failure = await failureOf(client.call(method.getEvent, { id: ID }));
    gate.resolve(undefined);

    expect(failure).toMatchObject({ status: 'RESOURCE_EXHAUSTED', reason: 'rate_limited' });
    expect(failure.retryInfo?.retryDelay?.seconds).toBe(1n);
    expect((await failureOf(first)).status).toBe('NOT_FOUND');
    expect((await failureOf(second)).status).toBe('NOT_FOUND');
  });

  it('should let 1,000 concurrent calls of one client through', async () => {
    using client = connectNewUser();
    const { id } = await client.call(method.createEvent, { event: MEETING });

    const events = await Promise.all(
      Array.from({ length: 1_000 }, () => client.call(method.getEvent, { id })),
    );

    expect(new Set(events.map((event) => event.id))).toEqual(new Set([id]));
    expect(server.limiter.running()).toBe(0);
  });

  it('should end a call that takes longer than is allowed, and stop its work', async () => {
    const { promise: stopped, wrapContext } = untilAborted();
    await using slow = await startTestServer({ wrapContext, limits: { deadlineMs: 50 } });
    using client = connect(slow.address);

    const failure = await failureOf(client.call(method.getEvent, { id: ID }));

    expect(failure).toMatchObject({ status: 'DEADLINE_EXCEEDED', reason: 'deadline_exceeded' });
    expect(failure.message).toContain('50 ms');
    expect((await stopped).reason).toMatchObject({ code: 'deadline_exceeded' });
  });

  it("should stop the work when the client's deadline has passed", async () => {
    const { promise: stopped, wrapContext } = untilAborted();
    await using slow = await startTestServer({ wrapContext });
    using client = connect(slow.address);

    // Long enough for the call to arrive on a busy machine: one that never does stops no work.
    const failure = await failureOf(
      client.call(method.getEvent, { id: ID }, { deadline: Date.now() + 2_000 }),
    );
    await stopped;

    expect(failure.status).toBe('DEADLINE_EXCEEDED');
    await expect.poll(() => slow.limiter.running()).toBe(0);
    await expect.poll(() => slow.accessLines.length).toBe(1);
  });

  it('should stop the work when the client has gone', async () => {
    const { promise: stopped, started, wrapContext } = untilAborted();
    await using slow = await startTestServer({ wrapContext });
    using raw = connectRaw(slow.port);
    const answer = raw.send(
      '/daywatch.calendar.v1.CalendarService/GetEvent',
      frame(toBinary(GetEventRequestSchema, create(GetEventRequestSchema, { id: ID }))),
    );
    await started;

    raw.session.destroy();

    expect((await stopped).reason).toMatchObject({ code: 'cancelled' });
    await answer;
    await expect.poll(() => slow.limiter.running()).toBe(0);
    await expect.poll(() => slow.accessLines.map(({ status }) => status)).toEqual(['CANCELLED']);
  });
});

describe('what is seen of calls', () => {
  it('should write an access line for every call, and count it by method', async () => {
    await using observed = await startTestServer();
    using client = connect(observed.address, 'alice', { 'x-request-id': 'abc-1' });

    await client.call(method.createEvent, { event: MEETING });
    await failureOf(client.call(method.getEvent, { id: ID }));

    await expect.poll(() => observed.accessLines.length).toBe(2);
    expect(observed.accessLines[0]).toMatchObject({
      clientAddress: '127.0.0.1',
      path: '/daywatch.calendar.v1.CalendarService/CreateEvent',
      protocol: 'gRPC',
      status: 'OK',
      requestId: 'abc-1',
      userAgent: expect.stringContaining('grpc-node') as string,
    });
    expect(observed.accessLines[1]).toMatchObject({ status: 'NOT_FOUND' });
    expect(await observed.metrics()).toContain(
      'api_requests_total{protocol="grpc",method="GetEvent",code="NOT_FOUND"} 1',
    );
    expect(await observed.metrics()).toContain('api_requests_in_flight{protocol="grpc",method="GetEvent"} 0');
  });
});

/** A context whose store of events fails to get any. */
function failing(makeError: () => Error) {
  return waiting(() => Promise.reject(makeError()));
}

/** A context whose store of events finds nothing, once `wait` is over. */
function waiting(wait: (signal: AbortSignal | undefined) => Promise<undefined>) {
  return (context: CalendarContext): CalendarContext => ({
    ...context,
    events: { ...context.events, get: (_owner, _id, signal) => wait(signal) },
  });
}

/** A context whose store of events works until it is told to stop, and then tells by what signal. */
function untilAborted() {
  const { promise, resolve } = Promise.withResolvers<AbortSignal>();
  const begun = Promise.withResolvers<undefined>();
  const wrapContext = waiting((signal) => {
    const { promise: never, reject } = Promise.withResolvers<undefined>();
    signal?.addEventListener('abort', () => {
      resolve(signal);
      reject(new Error('the query was cancelled'));
    });
    begun.resolve(undefined);
    return never;
  });
  return { promise, started: begun.promise, wrapContext };
}
