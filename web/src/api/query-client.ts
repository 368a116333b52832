import { QueryCache, QueryClient } from '@tanstack/react-query';
import { AwayError, hasCode } from './api-error.ts';
import { CALENDARS_KEY } from './query-keys.ts';

const RETRY_FIRST_MS = 500;
const RETRY_LAST_MS = 3000;

/** A server that is away is asked again until it is back; what it refused is not. */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        // Whoever is signed out is told by the calendars, which the whole page hangs on: also whoever may not see them.
        // While they are being asked for, or have been refused for that, asking again would only show the page of
        // somebody who is signed in for a moment.
        if (!hasCode(error, 'unauthenticated') || query.queryKey[0] === CALENDARS_KEY[0]) return;
        const calendars = client.getQueryState(CALENDARS_KEY);
        if (calendars?.status === 'pending' || hasCode(calendars?.error, 'unauthenticated')) return;
        void client.invalidateQueries({ queryKey: CALENDARS_KEY });
      },
    }),
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: 60_000,
        retry: (_, error) => error instanceof AwayError,
        retryDelay: (attempt) => Math.min(RETRY_FIRST_MS * 2 ** attempt, RETRY_LAST_MS),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  return client;
}
