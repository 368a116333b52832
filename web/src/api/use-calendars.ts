import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { callApi } from './call-api.ts';
import type { Calendar } from './generated.ts';

export const CALENDARS_KEY = ['calendars'] as const;

/** How soon a change that was made elsewhere is seen here. */
const POLL_MS = 2000;

/** The user's calendars. The error of a browser that is not signed in is `unauthenticated`. */
export function useCalendars(): UseQueryResult<readonly Calendar[]> {
  return useQuery({
    queryKey: CALENDARS_KEY,
    queryFn: async ({ signal }) => (await callApi('ListCalendars', { signal })).calendars,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.status === 'error' ? false : POLL_MS),
  });
}

/**
 * Keeps the page up to date: every write raises its calendar's revision, so that looking at the calendars, which is
 * cheap, tells whether anything else has to be asked for again.
 */
export function useLiveUpdates(calendars: readonly Calendar[] | undefined): void {
  const client = useQueryClient();
  const seen = useRef<string>(undefined);
  const revisions = calendars?.map(({ id, revision }) => `${id}:${revision}`).join();
  useEffect(() => {
    if (revisions === undefined) return;
    if (seen.current !== undefined && seen.current !== revisions) {
      void client.invalidateQueries({ queryKey: ['occurrences'] });
    }
    seen.current = revisions;
  }, [client, revisions]);
}
