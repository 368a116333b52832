export type * from './calendar/calendar.ts';
export * from './calendar/calendar-store.ts';
export * from './calendar/calendar-view.ts';
export type { CalendarInput } from './calendar/calendar-input.ts';
export { createCalendar } from './calendar/create-calendar.ts';
export { listCalendars } from './calendar/list-calendars.ts';
export { updateCalendar } from './calendar/update-calendar.ts';
export type { ChangeLog } from './changes/change-log.ts';
export { ChangeWatch, type ChangeWatchOptions, type Watcher } from './changes/change-watch.ts';
export type { CalendarContext } from './context.ts';
export * from './errors.ts';
export { createEvent } from './event/create-event.ts';
export { deleteEvent } from './event/delete-event.ts';
export * from './event/event.ts';
export type { EventInput, RecurrenceInput } from './event/event-input.ts';
export * from './event/event-store.ts';
export * from './event/event-view.ts';
export { getEvent } from './event/get-event.ts';
export { extendHorizons, recomputeZones, type UpkeepContext } from './event/keep-series.ts';
export type * from './event/series-upkeep.ts';
export { updateEvent } from './event/update-event.ts';
export { deleteOccurrence } from './occurrence/delete-occurrence.ts';
export { getOccurrence } from './occurrence/get-occurrence.ts';
export * from './occurrence/list-occurrences.ts';
export * from './occurrence/occurrence.ts';
export * from './occurrence/occurrence-target.ts';
export * from './occurrence/occurrence-view.ts';
export type { PeriodKind } from './occurrence/period.ts';
export { queryFreeBusy, type FreeBusyRequest } from './occurrence/query-free-busy.ts';
export { updateOccurrence } from './occurrence/update-occurrence.ts';
export type * from './reminder/purge.ts';
export { parseKeepPeriod, type KeepPeriod } from './reminder/keep-period.ts';
export { purgeOldEvents, type PurgeContext } from './reminder/purge-old-events.ts';
export * from './reminder/list-reminders.ts';
export * from './reminder/reminder.ts';
export { reminderIdOf } from './reminder/reminder-id.ts';
export type * from './reminder/reminder-log.ts';
export * from './reminder/reminder-message.ts';
export type * from './reminder/reminder-queue.ts';
export type * from './reminder/revival.ts';
export type * from './reminder/reminders.ts';
export {
  scheduleReminders,
  type SchedulingContext,
  type SchedulingOptions,
  type SchedulingResult,
} from './reminder/schedule-reminders.ts';
export { createReminderSender, type SenderContext, type SettledMessage } from './reminder/send-reminder.ts';
export type * from './reminder/sending.ts';
export type * from './reminder/settings.ts';
export * from './reminder/reminder-view.ts';
export * from './reminder/user-settings.ts';
export type { EventSearch } from './search/event-search.ts';
export { searchEvents, type SearchRequest } from './search/search-events.ts';
export * from './time/format-time.ts';
export * from './time/instant.ts';
export type { PlainDate } from './time/plain-date.ts';
export { parseTimeZone, TZDB_VERSION, UTC, type TimeZoneId } from './time/time-zone.ts';
export { makeUuidV7 } from './uuid.ts';
