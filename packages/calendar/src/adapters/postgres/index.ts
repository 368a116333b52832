export { createPostgresCalendarStore } from './calendar-store.ts';
export { createPostgresEventStore } from './event-store.ts';
export { createPostgresSeriesUpkeep } from './series-upkeep.ts';
