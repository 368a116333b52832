import type { QueryClient } from '@tanstack/react-query';
import type { Item } from '../item.ts';

const KEY = ['occurrences'];

/** Moves an item that is known, before the server has answered. */
export function replaceItem(client: QueryClient, key: string, span: Item['span']): void {
  client.setQueriesData<readonly Item[]>({ queryKey: KEY }, (items) =>
    items?.map((item) => (item.key === key ? { ...item, span } : item)),
  );
}

/** Asks for everything that is shown anew. */
export function refreshItems(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: KEY });
}

/** What is being loaded was asked for before the change, and must not undo it. */
export function stopLoading(client: QueryClient): Promise<void> {
  return client.cancelQueries({ queryKey: KEY });
}
