import { RECENT_MS, type ChangeLog } from '../../changes/change-log.ts';
import type { MemoryState } from './memory-state.ts';

const SETTLED = new Set(['sent', 'expired', 'failed']);

export function createChangeLog(state: MemoryState): ChangeLog {
  return {
    async read(owners, now, signal) {
      signal?.throwIfAborted();
      return owners.map((owner) => {
        const calendars = state.calendarsOf(owner).map(({ calendar }) => calendar);
        const ids = new Set(calendars.map(({ id }) => id));
        const settled = [...state.reminders.all()].filter(
          ({ key, dueAt, status }) =>
            ids.has(key.calendarId) && dueAt > now - RECENT_MS && dueAt <= now && SETTLED.has(status),
        );
        const latest = Math.max(0, ...settled.map(({ sentAt }) => sentAt ?? 0));
        return {
          calendars: calendars
            .map(({ id, revision }) => ({ id, revision }))
            .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
          reminders: settled.length === 0 ? '' : `${settled.length} ${latest}`,
        };
      });
    },
  };
}
