export { createPostgresCalendarStore } from './calendar-store.ts';
export { createPostgresEventStore } from './event-store.ts';
export { createPostgresPurge } from './purge.ts';
export { createPostgresRevival } from './reminder-revival.ts';
export { createPostgresReminders } from './reminders.ts';
export { createPostgresSeriesUpkeep } from './series-upkeep.ts';
export { createPostgresSettingsStore } from './settings-store.ts';
