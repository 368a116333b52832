import { httpError } from '@daywatch/service-kit/listen';
import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import type { ChangeWatch, WatchRefusal } from '../../../changes/change-watch.ts';
import { errors, type Answer } from '../schema/answers.ts';
import { EventStream } from '../schema/change-schema.ts';
import { NoQuery } from '../schema/query-schema.ts';
import { writeChanges } from '../stream/write-changes.ts';
import type { CalendarScope } from './calendar-scope.ts';
import { operation } from './operation.ts';
import { userOf } from './user-of.ts';

export interface ChangeRouteOptions {
  readonly watch: ChangeWatch;
  /** Whether the request would still be let in; asked now and then while it goes on. */
  readonly isStillAdmitted: (request: FastifyRequest) => Promise<boolean>;
  /** How often a stream says that it is alive; by default every 15 s. */
  readonly aliveMs?: number;
}

const DEFAULT_ALIVE_MS = 15_000;
const RETRY_AFTER_SECONDS = 5;

const stream: Answer = {
  description: 'A stream that stays open, until the server stops or the credential ends.',
  content: { 'text/event-stream': { schema: EventStream } },
};

const { config, schema } = operation('WatchChanges', {
  tags: ['calendars'],
  summary: "Watch the user's calendars: server-sent events",
  description: `Says at once, and again whenever it changes, how far the user's calendars have come; what has changed is
then asked for as usual. There are three events:

- \`calendars\`: \`{"calendars":[{"id":"…","revision":12}]}\`, all of them. Every write to a calendar or its events raises its
  revision, through whichever server.
- \`reminders\`: \`{}\`. A reminder was sent, or given up on: see \`/api/v1/notifications\`. It may come once too often.
- \`alive\`: \`{}\`, every 15 seconds. Who has heard nothing for longer should connect again.

Nothing is lost by connecting again: the first event tells where things stand.`,
  querystring: NoQuery,
  response: { 200: stream, ...errors() },
});

export function addChangeRoutes(scope: CalendarScope, options: ChangeRouteOptions): void {
  const { watch, isStillAdmitted, aliveMs = DEFAULT_ALIVE_MS } = options;
  const route = {
    // It takes no place from requests that are worked on, and has no end to be late for.
    config: { ...config, isUnlimited: true, timeoutMs: 0 },
    schema,
    // HEAD would have to wait for the end of the body, to leave it out.
    exposeHeadRoute: false,
  };
  scope.get('/api/v1/changes', route, (request, reply) => {
    const watcher = watch.watch(userOf(request));
    if (typeof watcher === 'string') throw refusal(watcher);
    reply
      .type('text/event-stream; charset=utf-8')
      .header('cache-control', 'no-store')
      // nginx would keep events back until it has some kilobytes of them.
      .header('x-accel-buffering', 'no');
    const { signal } = request;
    signal.addEventListener('abort', watcher.close, { once: true });
    const events = writeChanges(watcher, { aliveMs, isStillAdmitted: () => isStillAdmitted(request) });
    return reply.send(Readable.from(events));
  });
}

function refusal(reason: WatchRefusal): Error {
  const headers = { 'retry-after': String(RETRY_AFTER_SECONDS) };
  switch (reason) {
    case 'full':
      return httpError(
        'rate_limited',
        'too many streams are open, of this user or in all; close one, or ask /api/v1/calendars for the revisions now and then',
        { headers },
      );
    case 'stopping':
      return httpError('unavailable', 'the process is stopping; connect again', { headers });
    default:
      return reason satisfies never;
  }
}
