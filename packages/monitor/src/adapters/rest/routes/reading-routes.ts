import { Readable } from 'node:stream';
import { parseSelector } from '@daywatch/series';
import type { MonitorManager } from '../../../monitor-manager.ts';
import type { ReadingBatch, ReadingsQuery as Query } from '../../../reading/list-readings.ts';
import { operation, type MonitorScope } from '../monitor-scope.ts';
import { printReadings } from '../print-readings.ts';
import { formatCursor } from '../reading-cursor.ts';
import { errors, ok } from '../schema/answers.ts';
import { ReadingList, ReadingsQuery } from '../schema/reading-schema.ts';

export interface ReadingRouteOptions {
  readonly manager: MonitorManager;
  readonly streamTimeoutMs: number;
}

const PATH = '/api/v1/metrics';

export function addReadingRoutes(
  scope: MonitorScope,
  { manager, streamTimeoutMs }: ReadingRouteOptions,
): void {
  const list = operation(
    'ListReadings',
    {
      tags: ['metrics'],
      summary: 'List readings of metrics, oldest first',
      description:
        'Everything that was read from targets, or what is asked for of it. A long answer is sent as it is read. With `limit` it comes in pages, which neither repeat nor leave out anything while more is written.',
      querystring: ReadingsQuery,
      response: {
        200: ok(ReadingList, 'The readings.', {
          Link: {
            type: 'string',
            description: 'With `limit`, where there is more: the next page, `rel="next"`.',
          },
        }),
        ...errors(),
      },
    },
    { timeoutMs: streamTimeoutMs },
  );
  scope.get(PATH, list, async (request, reply) => {
    const { name, date_from, date_to, limit, cursor } = request.query;
    const query: Query = {
      matchers: name ?? parseSelector('{}'),
      startMs: date_from ?? -Infinity,
      endMs: date_to ?? Infinity,
      ...(cursor ? { after: cursor } : {}),
      // One more tells whether there is another page.
      ...(limit === undefined ? {} : { limit: limit + 1 }),
    };
    const batches = manager.listReadings(query, request.signal);
    reply.type('application/json; charset=utf-8').header('cache-control', 'private, no-cache');
    if (limit === undefined) return reply.send(await startStream(printArray(batches)));
    const { text, next } = await printPage(batches, limit);
    if (next !== undefined) reply.header('link', linkTo(request.url, next));
    return reply.send(text);
  });
}

async function* printArray(batches: AsyncIterable<ReadingBatch>): AsyncGenerator<string> {
  let opening = '[';
  for await (const batch of batches) {
    for (const piece of printReadings(batch)) {
      yield opening + piece;
      opening = '';
    }
    opening = opening === '' ? ',\n' : opening;
  }
  yield opening === '[' ? '[]' : ']';
}

/** Waits for the first piece: what fails before it is answered as any other error. */
async function startStream(pieces: AsyncGenerator<string>): Promise<Readable> {
  const first = await pieces.next();
  async function* all(): AsyncGenerator<string> {
    if (first.done) return;
    yield first.value;
    yield* pieces;
  }
  return Readable.from(all(), { objectMode: false });
}

async function printPage(
  batches: AsyncIterable<ReadingBatch>,
  limit: number,
): Promise<{ readonly text: string; readonly next: string | undefined }> {
  const texts: string[] = [];
  let left = limit;
  let last: string | undefined;
  for await (const batch of batches) {
    const count = Math.min(batch.count, left);
    if (count > 0) {
      texts.push([...printReadings({ ...batch, count })].join(''));
      const at = count - 1;
      last = formatCursor({ timestampMs: batch.timestampsMs[at] as number, id: batch.ids[at] as number });
    }
    if (batch.count > left) return { text: `[${texts.join(',\n')}]`, next: last };
    left -= count;
  }
  return { text: `[${texts.join(',\n')}]`, next: undefined };
}

/** The same request from a place on (RFC 8288); relative, so that it holds behind any proxy. */
function linkTo(url: string, cursor: string): string {
  const start = url.indexOf('?');
  const parameters = new URLSearchParams(start === -1 ? '' : url.slice(start + 1));
  parameters.set('cursor', cursor);
  return `<${PATH}?${parameters.toString()}>; rel="next"`;
}
