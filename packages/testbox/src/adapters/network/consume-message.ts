import { setTimeout as pause } from 'node:timers/promises';
import { parseJson, type Answer } from '../../check/answer.ts';
import type { Target } from '../../check/caller.ts';
import type { ConsumeStep } from '../../file/test-file.ts';
import { withBroker } from './with-broker.ts';

const PAUSE_MS = 20;

/** Takes one message from a queue, waiting for it until the signal. */
export async function consumeMessage(
  { url, queue }: ConsumeStep,
  target: Target,
  signal: AbortSignal,
): Promise<Answer> {
  return withBroker(url, target, signal, async (connection) => {
    for (;;) {
      const message = await connection.basicGet({ queue, noAck: true });
      if (message) {
        const body = toText(message.body);
        const headers = Object.entries(message.headers ?? {}).map(
          ([name, value]) => [name.toLowerCase(), String(value)] as const,
        );
        return { status: undefined, headers: new Map(headers), body, json: parseJson(body) };
      }
      await pause(PAUSE_MS, undefined, { signal });
    }
  });
}

/** The library decodes what says that it is text or JSON. */
function toText(body: unknown): string {
  if (Buffer.isBuffer(body)) return body.toString();
  return typeof body === 'string' ? body : JSON.stringify(body);
}
