import type { QueryClient } from '@tanstack/react-query';
import { EVENT_KEYS, OCCURRENCES_KEY } from '../../api/query-keys.ts';
import type { Item } from '../item.ts';

/** Draws items otherwise before the server has answered. */
export function mapItems(client: QueryClient, change: (item: Item) => Item): void {
  client.setQueriesData<readonly Item[]>({ queryKey: OCCURRENCES_KEY }, (items) => items?.map(change));
}

/** Asks anew for everything that a change of an event changes. */
export async function refreshItems(client: QueryClient): Promise<void> {
  await Promise.all(EVENT_KEYS.map((queryKey) => client.invalidateQueries({ queryKey })));
}

/** What is being loaded was asked for before the change, and must not undo it. */
export function stopLoading(client: QueryClient): Promise<void> {
  return client.cancelQueries({ queryKey: OCCURRENCES_KEY });
}
