import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { startTransition, useEffect, useState } from 'react';
import { callApi } from '../../api/call-api.ts';
import type { ChangesEvent } from '../../api/generated.ts';
import { openEventStream } from '../../api/live/event-stream.ts';
import type { Board, Period } from '../model.ts';
import { applyStandings, RECENT } from './apply-standings.ts';
import { createCatchUp } from './catch-up.ts';
import { readBoard, readStanding } from './read-board.ts';

const KEY = 'board';
/** What is counted here between two answers of the server is nearly right; this makes it right again. */
const ANEW_MS = 60_000;

/** So long a stream may take to say its first word before the board is asked for without it. */
const PATIENCE_MS = 1000;

/**
 * The board, kept up to date by what the server says as it happens. The stream is there first, and what it says while
 * the board is being asked for is added to the answer, so that nothing is missed between the two; it begins by saying
 * that the board is to be asked for, and says so again after a gap.
 */
export function useBoard(period: Period): {
  readonly board: Board | undefined;
  readonly error: Error | null;
} {
  const client = useQueryClient();
  const [isListening, setIsListening] = useState(false);
  const [catchUp] = useState(createCatchUp);
  const { data, error } = useQuery({
    queryKey: [KEY, period],
    queryFn: ({ signal }) =>
      catchUp.load(async () =>
        readBoard(await callApi('GetBoard', { query: { period, recent: RECENT }, signal })),
      ),
    enabled: isListening,
    placeholderData: keepPreviousData,
    // The stream says what changes for the period that is seen, and tells whoever comes back to ask anew.
    staleTime: 0,
    refetchOnWindowFocus: false,
    // Rows that have not changed stay as they are drawn; comparing them deeply would cost more.
    structuralSharing: false,
  });
  useEffect(() => {
    const listen = (): void => setIsListening(true);
    const askAnew = (): void => {
      listen();
      void client.invalidateQueries({ queryKey: [KEY] });
    };
    const close = openEventStream('/api/v1/monitor/events', {
      on: {
        changes: (event) => {
          const standings = (event as ChangesEvent).targets.map(readStanding);
          catchUp.tell(standings);
          // Whoever types or scrolls meanwhile goes first.
          startTransition(() => {
            client.setQueriesData<Board>(
              { queryKey: [KEY], type: 'active' },
              (board) => board && applyStandings(board, standings),
            );
          });
        },
        resync: askAnew,
      },
      onTrouble: askAnew,
    });
    const patience = setTimeout(listen, PATIENCE_MS);
    // An interval of the query's own would begin again with each change, and never come to its end.
    const anew = setInterval(() => {
      if (!document.hidden) void client.invalidateQueries({ queryKey: [KEY] });
    }, ANEW_MS);
    return () => {
      clearTimeout(patience);
      clearInterval(anew);
      close();
    };
  }, [client, catchUp]);
  return { board: data, error };
}
