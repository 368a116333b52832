import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { callApi } from '../../api/call-api.ts';
import { SEARCH_KEY } from '../../api/query-keys.ts';
import { toItem, type Item } from '../item.ts';

/** So long nobody types before the server is asked. */
const PAUSE_MS = 150;
const MOST = 100;

export interface Found {
  readonly items: readonly Item[];
  /** Whether there are more than these. */
  readonly hasMore: boolean;
}

/** What the server finds for the words; undefined while it is asked for the first time, or not asked at all. */
export function useSearch(typed: string): {
  readonly found: Found | undefined;
  readonly error: Error | null;
} {
  const query = usePaused(typed).trim();
  const { data, error } = useQuery({
    queryKey: [...SEARCH_KEY, query],
    queryFn: async ({ signal }) => {
      const page = await callApi('SearchEvents', { query: { query, page_size: MOST }, signal });
      return { items: page.occurrences.map(toItem), hasMore: page.next_page_token !== '' };
    },
    enabled: query !== '',
    placeholderData: keepPreviousData,
  });
  return { found: query === '' ? undefined : data, error };
}

/** The value, once it has not changed for a moment. */
function usePaused(value: string): string {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return paused;
}
