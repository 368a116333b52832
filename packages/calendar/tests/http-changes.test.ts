import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startHttpServer, type TestHttpServer } from './_support/http-server.ts';

interface OpenStream {
  readonly response: Response;
  /** The data of the next event of that name; undefined at the end of the stream. */
  readonly next: (name: string) => Promise<unknown>;
  readonly close: () => void;
}

describe('GET /api/v1/changes', () => {
  let server: TestHttpServer;
  let token: string;
  const streams: OpenStream[] = [];

  beforeEach(async () => {
    server = await startHttpServer();
    token = await server.tokenOf('alice');
  });
  afterEach(async () => {
    for (const stream of streams.splice(0)) stream.close();
    await server[Symbol.asyncDispose]();
  });

  async function open(credential = token): Promise<OpenStream> {
    const controller = new AbortController();
    const response = await fetch(`${server.origin}/api/v1/changes`, {
      headers: { authorization: `Bearer ${credential}` },
      signal: controller.signal,
    });
    const events = readEvents(response);
    const stream: OpenStream = {
      response,
      close: () => controller.abort(),
      next: async (name) => {
        for (;;) {
          const { value, done } = await events.next();
          if (done === true) return undefined;
          if (value.name === name) return value.data;
        }
      },
    };
    streams.push(stream);
    return stream;
  }

  const addEvent = (start: string) =>
    server.call('POST', '/api/v1/events', { title: 'x', start, duration: 'PT1H' });

  it('should say where things stand, then every change, then that it is alive', async () => {
    const { body: event } = await addEvent('2031-01-01T09:00:00Z');
    const stream = await open();
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(stream.response.headers.get('cache-control')).toBe('no-store');
    const calendars = (revision: number) => ({ calendars: [{ id: event.calendar_id, revision }] });

    expect(await stream.next('calendars')).toEqual(calendars(1));
    await addEvent('2031-01-02T09:00:00Z');
    expect(await stream.next('calendars')).toEqual(calendars(2));
    expect(await stream.next('alive')).toEqual({});
    await server.call('DELETE', `/api/v1/events/${event.id}`);
    expect(await stream.next('calendars')).toEqual(calendars(3));
  });

  it('should say nothing of what others do', async () => {
    const stream = await open(await server.tokenOf('bob'));
    expect(await stream.next('calendars')).toEqual({ calendars: [] });
    await addEvent('2031-01-01T09:00:00Z');
    const events: unknown[] = [];
    for (let i = 0; i < 3; i++) events.push(await stream.next('alive'));
    expect(events).toEqual([{}, {}, {}]);
  });

  it('should refuse one stream too many, and take another when one is closed', async () => {
    const [first] = [await open(), await open()];
    const refused = await open();
    expect([refused.response.status, refused.response.headers.get('retry-after')]).toEqual([429, '5']);
    expect(await refused.response.json()).toMatchObject({ error: 'rate_limited' });
    first?.close();
    await until(() => server.watch.size === 1);
    expect((await open()).response.status).toBe(200);
  });

  it('should end when its token is revoked', async () => {
    const stream = await open();
    await stream.next('calendars');
    await server.revoke(token);
    expect(await stream.next('never')).toBeUndefined();
    expect((await open()).response.status).toBe(401);
  });

  it('should end when the server stops, and hold nothing back from it', async () => {
    const stream = await open();
    await stream.next('calendars');
    server.watch.stop();
    expect(await stream.next('never')).toBeUndefined();
    expect((await open()).response.status).toBe(503);
    expect(server.watch.size).toBe(0);
  });

  it('should answer HEAD no endless stream', async () => {
    const answer = await server.call('HEAD', '/api/v1/changes');
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET']);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error('not within 10 s');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

interface StreamEvent {
  readonly name: string;
  readonly data: unknown;
}

async function* readEvents({ body }: Response): AsyncGenerator<StreamEvent, undefined> {
  let text = '';
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) {
      const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(part) ?? [];
      if (name !== undefined) yield { name, data: JSON.parse(data ?? '') };
    }
  }
  return undefined;
}
