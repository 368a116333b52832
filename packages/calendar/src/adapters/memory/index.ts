import type { CalendarId } from '../../calendar/calendar.ts';
import type { CalendarStore } from '../../calendar/calendar-store.ts';
import type { ChangeLog } from '../../changes/change-log.ts';
import type { EventStore } from '../../event/event-store.ts';
import type { SeriesUpkeep } from '../../event/series-upkeep.ts';
import type { Purge } from '../../reminder/purge.ts';
import type { Reminders } from '../../reminder/reminders.ts';
import type { SettingsStore } from '../../reminder/settings.ts';
import type { EventSearch } from '../../search/event-search.ts';
import { createCalendarStore } from './calendar-store.ts';
import { createChangeLog } from './change-log.ts';
import { createEventSearch } from './event-search.ts';
import { createEventStore } from './event-store.ts';
import { createPurge } from './purge.ts';
import { createReminderLog } from './reminder-log.ts';
import { createReminderQueue } from './reminder-queue.ts';
import { createReminderSending } from './reminder-sending.ts';
import { createSeriesUpkeep } from './series-upkeep.ts';
import { createSettingsStore } from './settings-store.ts';
import { MemoryState, type Tombstone } from './memory-state.ts';

export type { Tombstone } from './memory-state.ts';

/** The stores of one calendar service in memory, for a trial run: they belong together. */
export interface MemoryStores {
  readonly events: EventStore;
  readonly calendars: CalendarStore;
  readonly upkeep: SeriesUpkeep;
  readonly reminders: Reminders;
  readonly settings: SettingsStore;
  readonly purge: Purge;
  readonly changes: ChangeLog;
  readonly search: EventSearch;
  /** What was deleted from a calendar, by revision. */
  readonly listTombstones: (id: CalendarId) => readonly Tombstone[];
}

export function createMemoryStores(): MemoryStores {
  const state = new MemoryState();
  return {
    events: createEventStore(state),
    calendars: createCalendarStore(state),
    upkeep: createSeriesUpkeep(state),
    reminders: {
      queue: createReminderQueue(state),
      sending: createReminderSending(state),
      log: createReminderLog(state),
    },
    settings: createSettingsStore(state),
    purge: createPurge(state),
    changes: createChangeLog(state),
    search: createEventSearch(state),
    listTombstones: (id) => [...(state.calendars.get(id)?.tombstones ?? [])],
  };
}
