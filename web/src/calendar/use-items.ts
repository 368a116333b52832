import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { OCCURRENCES_KEY } from '../api/query-keys.ts';
import { useSettings } from '../settings/settings.ts';
import type { DayRange } from '../time/day-range.ts';
import type { Item } from './item.ts';
import { listItems } from './list-items.ts';

interface Items {
  readonly items: readonly Item[];
  readonly isLoading: boolean;
  /** Why they are not known, or may be older than what the server has. */
  readonly error: Error | null;
}

/** What overlaps the days, in the calendars that are shown; also what is known from before while it loads. */
export function useItems(range: DayRange): Items {
  const { hiddenCalendars } = useSettings();
  const {
    data = NONE,
    isPending,
    error,
  } = useQuery({
    ...itemsQuery(range.startsMs[0] ?? 0, range.startsMs.at(-1) ?? 0),
    placeholderData: keepPreviousData,
  });
  const items = useMemo(
    () => data.filter(({ calendarId }) => !hiddenCalendars.includes(calendarId)),
    [data, hiddenCalendars],
  );
  return { items, isLoading: isPending, error };
}

/** Loads what will probably be looked at next, once this has been drawn. */
export function usePrefetch(ranges: readonly DayRange[]): void {
  const client = useQueryClient();
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const { startsMs } of ranges) {
        void client.prefetchQuery(itemsQuery(startsMs[0] ?? 0, startsMs.at(-1) ?? 0));
      }
    }, 300);
    return () => clearTimeout(timer);
  }, [client, ranges]);
}

const NONE: readonly Item[] = [];

function itemsQuery(fromMs: number, toMs: number) {
  return queryOptions({
    queryKey: [...OCCURRENCES_KEY, fromMs, toMs],
    queryFn: ({ signal }) => listItems(fromMs, toMs, signal),
  });
}
