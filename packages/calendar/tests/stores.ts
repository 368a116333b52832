import type { CalendarId } from '../src/calendar/calendar.ts';
import type { CalendarStore } from '../src/calendar/calendar-store.ts';
import type { ChangeLog } from '../src/changes/change-log.ts';
import type { EventStore } from '../src/event/event-store.ts';
import type { SeriesUpkeep } from '../src/event/series-upkeep.ts';
import type { Purge } from '../src/reminder/purge.ts';
import type { Reminders } from '../src/reminder/reminders.ts';
import type { SettingsStore } from '../src/reminder/settings.ts';
import type { EventSearch } from '../src/search/event-search.ts';

/** What was deleted from a calendar. */
export interface StoredTombstone {
  readonly eventId: string;
  readonly uid: string;
  readonly revision: number;
}

/** The stores of one service, and what the contract looks at besides the ports. */
export interface Stores extends AsyncDisposable {
  readonly events: EventStore;
  readonly calendars: CalendarStore;
  readonly upkeep: SeriesUpkeep;
  readonly reminders: Reminders;
  readonly settings: SettingsStore;
  readonly purge: Purge;
  readonly changes: ChangeLog;
  readonly search: EventSearch;
  readonly listTombstones: (id: CalendarId) => Promise<readonly StoredTombstone[]>;
}

/** Opens empty stores. They are shared by the tests of one suite, which use owners of their own. */
export type OpenStores = () => Promise<Stores>;
