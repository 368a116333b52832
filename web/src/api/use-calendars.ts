import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { callApi } from './call-api.ts';
import type { Calendar } from './generated.ts';
import { CALENDARS_KEY } from './query-keys.ts';

/** The user's calendars. The error of a browser that is not signed in is `unauthenticated`. */
export function useCalendars(): UseQueryResult<readonly Calendar[]> {
  return useQuery({
    queryKey: CALENDARS_KEY,
    queryFn: async ({ signal }) => (await callApi('ListCalendars', { signal })).calendars,
    staleTime: Infinity,
  });
}
