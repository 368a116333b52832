import { inject } from 'vitest';
import type { PostgresKind } from './postgres-servers.ts';

/** Where something is that the whole run shares; the first who asks waits until it is made. */
export async function askForShared(kind: PostgresKind | 'rabbitmq' | 'page'): Promise<string> {
  const response = await fetch(`${inject('sharedThingsUrl')}/${kind}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`no ${kind} for this test: ${text}`);
  return text;
}
