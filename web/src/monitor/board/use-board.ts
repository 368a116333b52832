import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { startTransition, useEffect } from 'react';
import { callApi } from '../../api/call-api.ts';
import type { ChangesEvent } from '../../api/generated.ts';
import { openEventStream } from '../../api/live/event-stream.ts';
import type { Board, Period } from '../model.ts';
import { applyStandings, RECENT } from './apply-standings.ts';
import { readBoard, readStanding } from './read-board.ts';

const KEY = 'board';
/** What is counted here between two answers of the server is nearly right; this makes it right again. */
const ANEW_MS = 60_000;

/** The board, kept up to date by what the server says as it happens. */
export function useBoard(period: Period): {
  readonly board: Board | undefined;
  readonly error: Error | null;
} {
  const client = useQueryClient();
  const { data, error } = useQuery({
    queryKey: [KEY, period],
    queryFn: async ({ signal }) =>
      readBoard(await callApi('GetBoard', { query: { period, recent: RECENT }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: ANEW_MS,
    // Rows that have not changed stay as they are drawn; comparing them deeply would cost more.
    structuralSharing: false,
  });
  const isThere = data !== undefined;
  useEffect(() => {
    if (!isThere) return undefined;
    const askAnew = (): void => void client.invalidateQueries({ queryKey: [KEY] });
    return openEventStream('/api/v1/monitor/events', {
      on: {
        changes: (event) => {
          const standings = (event as ChangesEvent).targets.map(readStanding);
          // Whoever types or scrolls meanwhile goes first.
          startTransition(() => {
            client.setQueryData<Board>([KEY, period], (board) => board && applyStandings(board, standings));
          });
        },
        resync: askAnew,
      },
      onTrouble: askAnew,
    });
  }, [client, period, isThere]);
  return { board: data, error };
}
