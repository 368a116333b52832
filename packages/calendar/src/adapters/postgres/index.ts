export { createPostgresCalendarStore } from './calendar-store.ts';
export { createPostgresEventStore } from './event-store.ts';
