import { inject } from 'vitest';
import type { PostgresKind } from './postgres-servers.ts';

/** The URL of a server that the whole run shares; the first who asks waits for its start. */
export async function askForServer(kind: PostgresKind | 'rabbitmq'): Promise<string> {
  const response = await fetch(`${inject('testServersUrl')}/${kind}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`no ${kind} for this test: ${text}`);
  return text;
}
