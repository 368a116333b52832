import type { QueryClient } from '@tanstack/react-query';
import { EVENT_KEYS, OCCURRENCES_KEY } from '../../api/query-keys.ts';
import type { Item } from '../item.ts';

/** Moves an item that is known, before the server has answered. */
export function replaceItem(client: QueryClient, key: string, span: Item['span']): void {
  client.setQueriesData<readonly Item[]>({ queryKey: OCCURRENCES_KEY }, (items) =>
    items?.map((item) => (item.key === key ? { ...item, span } : item)),
  );
}

/** Asks anew for everything that a change of an event changes. */
export async function refreshItems(client: QueryClient): Promise<void> {
  await Promise.all(EVENT_KEYS.map((queryKey) => client.invalidateQueries({ queryKey })));
}

/** What is being loaded was asked for before the change, and must not undo it. */
export function stopLoading(client: QueryClient): Promise<void> {
  return client.cancelQueries({ queryKey: OCCURRENCES_KEY });
}
