import { useQuery } from '@tanstack/react-query';
import { callApi } from '../../api/call-api.ts';
import type { Notification } from '../../api/generated.ts';
import { NOTIFICATIONS_KEY } from '../../api/query-keys.ts';

const DAY_MS = 86_400_000;
const BEHIND_DAYS = 2;
const AHEAD_DAYS = 31;
/** The most that one page of the API has: more within a month nobody reads. */
const MOST = 1000;

/** Reminders of the last days and the coming month, by due time; undefined until they are known. */
export function useNotifications(): readonly Notification[] | undefined {
  const { data } = useQuery({
    queryKey: NOTIFICATIONS_KEY,
    queryFn: async ({ signal }) => {
      // The API knows whole seconds.
      const at = (days: number): string =>
        `${new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 19)}Z`;
      const query = { from: at(-BEHIND_DAYS), to: at(AHEAD_DAYS), page_size: MOST };
      return (await callApi('ListNotifications', { query, signal })).notifications;
    },
  });
  return data;
}
