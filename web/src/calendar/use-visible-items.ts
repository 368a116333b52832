import { useMemo } from 'react';
import { usePendingDeletes } from './changes/pending-deletes.ts';
import type { Item } from './item.ts';

/** What is not about to be deleted. */
export function useVisibleItems(items: readonly Item[]): readonly Item[] {
  const deletes = usePendingDeletes();
  return useMemo(
    () =>
      deletes.length === 0 ? items : items.filter((item) => !deletes.some(({ isHidden }) => isHidden(item))),
    [items, deletes],
  );
}
