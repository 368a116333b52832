import { PassThrough } from 'node:stream';
import { httpError } from '@daywatch/service-kit/listen';
import type { FastifyRequest } from 'fastify';
import type { BoardFeed, FeedEvent } from '../../../board/board-feed.ts';
import { operation, type MonitorScope } from '../monitor-scope.ts';
import { errors, events } from '../schema/answers.ts';
import { ChangesEvent } from '../schema/board-schema.ts';
import { NoQuery } from '../schema/target-schema.ts';
import { toTargetAnswer } from '../to-answers.ts';

export interface FeedRouteOptions {
  readonly feed: BoardFeed;
  readonly signal: AbortSignal;
  /** Whether the request would still be let in; asked now and then while it goes on. */
  readonly isStillAdmitted: (request: FastifyRequest) => Promise<boolean>;
}

/** A stream that says nothing for longer may be cut by something in between; a browser sees events alone, no comments. */
const HEARTBEAT_MS = 15_000;
/** Whose token is revoked is told nothing more from then on. */
const ADMISSION_MS = 5_000;
/** Then the client comes back, perhaps to another process that has less to do. */
const MAX_AGE_MS = 15 * 60_000;
/** A client that does not take what it is sent is cut off: it finds out what it missed when it comes back. */
const MAX_WAITING_BYTES = 4 * 2 ** 20;
const MAX_STREAMS = 1000;
const RETRY_MS = 1000;

const watch = operation(
  'WatchBoard',
  {
    tags: ['board'],
    summary: 'Be told of changes as they happen',
    description: `Server-sent events. \`changes\`: these targets were checked, or stand otherwise; the data is a
\`ChangesEvent\`. \`resync\`: what was seen before may be out of date, ask for the board again; it comes first, and after a
gap. \`alive\`: every 15 seconds; who has heard nothing for longer should connect again. A client that comes back with \`Last-Event-ID\` is told what it missed, or \`resync\`. The server ends a stream after 15
minutes, or when the credential ends: come back.`,
    querystring: NoQuery,
    response: {
      200: events(ChangesEvent, 'Events, until one side ends the stream.'),
      ...errors(),
    },
  },
  // It takes no place among the requests that are worked on: it waits, and hardly ever works.
  { timeoutMs: 0, isUnlimited: true },
);

export function addFeedRoute(scope: MonitorScope, options: FeedRouteOptions): void {
  const { signal } = options;
  let open = 0;
  scope.get('/api/v1/monitor/events', watch, async (request, reply) => {
    if (signal.aborted) throw httpError('unavailable', 'the process is stopping; try again soon');
    if (open >= MAX_STREAMS) {
      throw httpError('rate_limited', `${open} streams are open already; allowed are ${MAX_STREAMS}`, {
        headers: { 'retry-after': '10' },
      });
    }
    open += 1;
    const stream = openStream(request, options);
    stream.once('close', () => {
      open -= 1;
    });
    // Proxies that gather answers before they pass them on are asked not to.
    reply.type('text/event-stream').header('cache-control', 'no-store').header('x-accel-buffering', 'no');
    return reply.send(stream);
  });
}

function openStream(
  request: FastifyRequest,
  { feed, signal, isStillAdmitted }: FeedRouteOptions,
): PassThrough {
  const lastEventId = request.headers['last-event-id'];
  const stream = new PassThrough();
  stream.write(`retry: ${RETRY_MS}\n\n`);
  const release = (): void => {
    unsubscribe();
    clearInterval(heartbeat);
    clearInterval(admission);
    clearTimeout(expiry);
    signal.removeEventListener('abort', finish);
  };
  const finish = (): void => {
    release();
    stream.end();
  };
  const heartbeat = setInterval(() => stream.write('event: alive\ndata: {}\n\n'), HEARTBEAT_MS);
  const askAgain = async (): Promise<void> => {
    if (!(await isStillAdmitted(request))) finish();
  };
  const admission = setInterval(() => void askAgain(), ADMISSION_MS);
  const expiry = setTimeout(finish, MAX_AGE_MS);
  signal.addEventListener('abort', finish, { once: true });
  const unsubscribe = feed.subscribe(typeof lastEventId === 'string' ? lastEventId : undefined, (event) => {
    stream.write(printEvent(event));
    if (stream.writableLength > MAX_WAITING_BYTES) stream.destroy();
  });
  stream.once('close', release);
  return stream;
}

function printEvent(event: FeedEvent): string {
  const data = event.kind === 'changes' ? { targets: event.targets.map(toTargetAnswer) } : {};
  return `id: ${event.id}\nevent: ${event.kind}\ndata: ${JSON.stringify(data)}\n\n`;
}
