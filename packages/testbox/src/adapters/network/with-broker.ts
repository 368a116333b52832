import { Connection } from 'rabbitmq-client';
import type { Target } from '../../check/caller.ts';
import { describeNetworkError } from './call-http.ts';
import { reachUrl } from './reach-url.ts';

/** Does something with a broker, and breaks it off with the signal. */
export async function withBroker<T>(
  address: string,
  target: Target,
  signal: AbortSignal,
  act: (connection: Connection) => Promise<T>,
): Promise<T> {
  const url = reachUrl(address, address.startsWith('amqps:') ? 5671 : 5672, target);
  const connection = new Connection({ url, connectionName: 'testbox', noDelay: true });
  const { promise: broken, reject } = Promise.withResolvers<never>();
  broken.catch(() => undefined);
  const onAbort = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', onAbort, { once: true });
  // It would try again for ever; a test says itself how often.
  connection.on('error', reject);
  try {
    return await Promise.race([act(connection), broken]);
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(`RabbitMQ: ${describeNetworkError(error)}`, { cause: error });
  } finally {
    signal.removeEventListener('abort', onAbort);
    connection.unsafeDestroy();
  }
}
