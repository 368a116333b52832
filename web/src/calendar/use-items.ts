import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { callApi } from '../api/call-api.ts';
import { OCCURRENCES_KEY } from '../api/query-keys.ts';
import { useSettings } from '../settings/settings.ts';
import type { DayRange } from '../time/day-range.ts';
import { toItem, type Item } from './item.ts';

const PAGE_SIZE = 1000;
/** All-day events are dates, and a date begins up to 14 hours earlier or later elsewhere than it does here. */
const MARGIN_MS = 14 * 3_600_000;

/** What overlaps the days, in the calendars that are shown; also what is known from before while it loads. */
export function useItems(range: DayRange): { readonly items: readonly Item[]; readonly isLoading: boolean } {
  const { hiddenCalendars } = useSettings();
  const { data = NONE, isPending } = useQuery({
    ...itemsQuery(range.startsMs[0] ?? 0, range.startsMs.at(-1) ?? 0),
    placeholderData: keepPreviousData,
  });
  const items = useMemo(
    () => data.filter(({ calendarId }) => !hiddenCalendars.includes(calendarId)),
    [data, hiddenCalendars],
  );
  return { items, isLoading: isPending };
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
  const from = new Date(fromMs - MARGIN_MS).toISOString();
  const to = new Date(toMs + MARGIN_MS).toISOString();
  return queryOptions({
    queryKey: [...OCCURRENCES_KEY, from, to],
    queryFn: ({ signal }) => listAll(from, to, signal),
  });
}

/** Every page of the listing. */
async function listAll(from: string, to: string, signal: AbortSignal): Promise<readonly Item[]> {
  const items: Item[] = [];
  let pageToken = '';
  do {
    const query = { from, to, page_size: PAGE_SIZE, page_token: pageToken };
    const page = await callApi('ListOccurrences', { query, signal });
    for (const occurrence of page.occurrences) items.push(toItem(occurrence));
    pageToken = page.next_page_token;
  } while (pageToken !== '');
  return items;
}
