import { connect, Socket } from 'node:net';
import { Client } from 'pg';
import { answerOf, type Answer } from '../../check/answer.ts';
import type { Target } from '../../check/caller.ts';
import type { Json } from '../../check/json-path.ts';
import type { SqlStep } from '../../file/test-file.ts';
import { describeNetworkError } from './call-http.ts';
import { reachUrl } from './reach-url.ts';

/** Asks PostgreSQL; the rows are the JSON of the answer, a list of objects. */
export async function querySql(
  { url, query, parameters }: SqlStep,
  target: Target,
  signal: AbortSignal,
): Promise<Answer> {
  // A socket of our own, so that the signal ends a query that hangs.
  const socket = new Socket({ signal });
  const client = new Client({ connectionString: reachUrl(url, 5432, target), stream: () => socket });
  client.on('error', () => undefined);
  const cancel = (): void => cancelQuery(client);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    await client.connect();
    const { rows } = await client.query<Record<string, Json>>(query, [...parameters]);
    // As JSON has it: times become text.
    return answerOf(JSON.parse(JSON.stringify(rows)) as Json);
  } catch (error) {
    throw new Error(`PostgreSQL: ${describeNetworkError(error)}`, { cause: error });
  } finally {
    signal.removeEventListener('abort', cancel);
    socket.destroy();
  }
}

const CANCEL_REQUEST = 80_877_102;

/** The server goes on with a query although its client has gone, until a connection of its own asks it not to. */
function cancelQuery(client: Client): void {
  const { processID, secretKey } = client as unknown as {
    readonly processID: number | null;
    readonly secretKey: number;
  };
  if (processID === null) return;
  const request = Buffer.alloc(16);
  for (const [i, word] of [16, CANCEL_REQUEST, processID, secretKey].entries())
    request.writeInt32BE(word, 4 * i);
  const socket = connect(client.port, client.host);
  socket.on('error', () => undefined).end(request);
}
