import { createContext, use } from 'react';
import type { Item } from './item.ts';

/** Finds an item that is shown by its key; what a pointer takes hold of is known by its key alone. */
export const ItemLookupContext = createContext<(key: string) => Item | undefined>(() => undefined);

export function useItemLookup(): (key: string) => Item | undefined {
  return use(ItemLookupContext);
}
