import { QueryError, type Queries } from '@daywatch/service-kit/postgres';

import type { OutgoingMessage, PublishOutcome } from '../../queue/message.ts';
import type { QueueSettings } from '../../queue/queue-options.ts';
import { within } from '../../queue/within.ts';
import { publishMessages } from './sql/publish.ts';

/** One statement carries so much at most, whatever the size of a batch. */
const CHUNK_BYTES = 4 * 1024 * 1024;
const CHUNK_MESSAGES = 1_000;

/** Publishes messages that were checked, some at a time, and resolves with one outcome for each. */
export async function publishInChunks(
  db: Queries,
  { name: queue, maxMessages }: Pick<QueueSettings, 'name' | 'maxMessages'>,
  messages: readonly OutgoingMessage[],
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<readonly PublishOutcome[]> {
  const deadlineMs = performance.now() + timeoutMs;
  const outcomes: PublishOutcome[] = [];
  for (const chunk of cut(messages)) {
    const bodies = chunk.map(({ body }) => toBase64(body));
    const parameters = [queue, chunk.map(({ id }) => id), bodies, maxMessages];
    const leftMs = Math.max(0, deadlineMs - performance.now());
    const outcome = await within(
      db.query(publishMessages, parameters, signal),
      leftMs,
      'the database',
      signal,
    ).then(([added]) => (added?.count === 0 ? full(maxMessages) : CONFIRMED), toOutcome);
    outcomes.push(...chunk.map(() => outcome));
  }
  return outcomes;
}

function* cut(messages: readonly OutgoingMessage[]): Generator<readonly OutgoingMessage[]> {
  let chunk: OutgoingMessage[] = [];
  let sizeBytes = 0;
  for (const message of messages) {
    if (
      chunk.length === CHUNK_MESSAGES ||
      (chunk.length > 0 && sizeBytes + message.body.length > CHUNK_BYTES)
    ) {
      yield chunk;
      chunk = [];
      sizeBytes = 0;
    }
    chunk.push(message);
    sizeBytes += message.body.length;
  }
  if (chunk.length > 0) yield chunk;
}

const CONFIRMED: PublishOutcome = { kind: 'confirmed' };

function full(maxMessages: number): PublishOutcome {
  const reason = `the queue is full: ${maxMessages} messages wait in it`;
  return { kind: 'refused', code: 'not_accepted', reason };
}

function toBase64(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('base64');
}

function toOutcome(error: unknown): PublishOutcome {
  const reason = error instanceof Error ? error.message : String(error);
  // The server said no, and nothing was stored; anything else may have been.
  return error instanceof QueryError
    ? { kind: 'refused', code: 'not_accepted', reason }
    : { kind: 'unknown', reason };
}
