import { answerOf, type Answer } from '../../check/answer.ts';
import type { Target } from '../../check/caller.ts';
import type { PublishStep } from '../../file/test-file.ts';
import { withBroker } from './with-broker.ts';

/** Publishes a message; it has passed when the broker has confirmed it and a queue has taken it. */
export async function publishMessage(
  { url, exchange, routingKey, headers, message }: PublishStep,
  target: Target,
  signal: AbortSignal,
): Promise<Answer> {
  return withBroker(url, target, signal, async (connection) => {
    let returned: string | undefined;
    const channel = await connection.acquire();
    channel.on('basic.return', ({ replyText }) => {
      returned = replyText;
    });
    await channel.confirmSelect();
    const envelope = {
      exchange,
      routingKey,
      mandatory: true,
      durable: true,
      headers: Object.fromEntries(headers),
      contentType: typeof message === 'string' ? 'text/plain' : 'application/json',
    };
    // As bytes, so that the library does not encode it its own way.
    await channel.basicPublish(
      envelope,
      Buffer.from(typeof message === 'string' ? message : JSON.stringify(message)),
    );
    // What could not be routed comes back before its confirm, but is told a turn of the event loop later.
    await new Promise((resolve) => setImmediate(resolve));
    if (returned !== undefined)
      throw new Error(`no queue takes '${routingKey}' of exchange '${exchange}': ${returned}`);
    return answerOf(null);
  });
}
