import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Calendar } from '../generated.ts';
import { isWriting } from '../pending-writes.ts';
import { CALENDARS_KEY, EVENT_KEYS, NOTIFICATIONS_KEY } from '../query-keys.ts';
import { openEventStream } from './event-stream.ts';

interface Revisions {
  readonly calendars: readonly Pick<Calendar, 'id' | 'revision'>[];
}

/**
 * Keeps the page up to date while somebody is signed in: the server says when a calendar has come further, and what
 * has changed is asked for as usual. Where it cannot say so, the calendars are asked for now and then.
 * @param calendars as they are known now.
 */
export function useLiveUpdates(calendars: readonly Calendar[] | undefined, isSignedIn: boolean): void {
  const client = useQueryClient();
  const seen = useRef<string>(undefined);
  const revisions = calendars?.map(({ id, revision }) => `${id}:${revision}`).join();
  useEffect(() => {
    if (revisions === undefined) return;
    const isNews = seen.current !== undefined && seen.current !== revisions;
    seen.current = revisions;
    // Whoever writes asks anew afterwards.
    if (isNews && !isWriting())
      for (const queryKey of EVENT_KEYS) void client.invalidateQueries({ queryKey });
  }, [client, revisions]);
  useEffect(() => {
    // A page that the browser has kept and brings back knows nothing of what happened meanwhile.
    const comeBack = ({ persisted }: PageTransitionEvent): void => {
      if (persisted) void client.invalidateQueries();
    };
    addEventListener('pageshow', comeBack);
    return () => removeEventListener('pageshow', comeBack);
  }, [client]);
  useEffect(() => {
    if (!isSignedIn) return undefined;
    const refresh = (queryKey: readonly string[]): void => void client.invalidateQueries({ queryKey });
    return openEventStream('/api/v1/changes', {
      on: {
        calendars: (data) => takeRevisions(client, data as Revisions),
        reminders: () => refresh(NOTIFICATIONS_KEY),
      },
      // What became of reminders meanwhile is told to nobody who was not there.
      onOpen: () => refresh(NOTIFICATIONS_KEY),
      // Finds out whether the server is away, or the session over.
      onTrouble: () => refresh(CALENDARS_KEY),
    });
  }, [client, isSignedIn]);
}

function takeRevisions(client: QueryClient, { calendars }: Revisions): void {
  const known = client.getQueryData<readonly Calendar[]>(CALENDARS_KEY) ?? [];
  const before = new Map(known.map(({ id, revision }) => [id, revision]));
  const isSame =
    calendars.length === known.length && calendars.every(({ id, revision }) => before.get(id) === revision);
  if (isSame) return;
  const after = new Map(calendars.map(({ id, revision }) => [id, revision]));
  // The events need not wait until the calendars, of which the names may have changed too, have been asked for.
  client.setQueryData<readonly Calendar[]>(CALENDARS_KEY, (list) =>
    list?.map((calendar) => ({ ...calendar, revision: after.get(calendar.id) ?? calendar.revision })),
  );
  void client.invalidateQueries({ queryKey: CALENDARS_KEY });
}
