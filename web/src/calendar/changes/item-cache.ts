import type { QueryClient } from '@tanstack/react-query';
import { EVENT_KEYS, OCCURRENCES_KEY } from '../../api/query-keys.ts';
import type { Item } from '../item.ts';
import { settleAllWrites } from './write-queue.ts';

/** Draws items otherwise before the server has answered. */
export function mapItems(client: QueryClient, change: (item: Item) => Item): void {
  client.setQueriesData<readonly Item[]>({ queryKey: OCCURRENCES_KEY }, (items) => items?.map(change));
}

/** Asks anew for everything that a change of an event changes. */
export async function refreshItems(client: QueryClient): Promise<void> {
  await Promise.all(EVENT_KEYS.map((queryKey) => client.invalidateQueries({ queryKey })));
}

/** Asks anew once nothing is on its way any more: an answer from before would undo what is drawn already. */
export async function refreshSettled(client: QueryClient): Promise<void> {
  await settleAllWrites();
  await refreshItems(client);
}

/** What is being loaded was asked for before the change, and must not undo it. */
export function stopLoading(client: QueryClient): Promise<void> {
  return client.cancelQueries({ queryKey: OCCURRENCES_KEY });
}
