import { timestampDate, type Timestamp } from '@bufbuild/protobuf/wkt';
import type { Calendar, Event, Notification, Occurrence, Settings } from '@daywatch/protocol/calendar';
import { nameStatus } from './reminder-status.ts';
import { toConflictView, type CallFailure } from './call-failure.ts';

/** An event in the shape of the HTTP API. */
export function toEventView(event: Event) {
  return {
    id: event.id,
    calendar_id: event.calendarId,
    uid: event.uid,
    sequence: event.sequence,
    title: event.title,
    start: event.start,
    end: event.end,
    all_day: event.allDay,
    time_zone: event.timeZone,
    description: event.description,
    location: event.location,
    notify_before: event.notifyBefore,
    recurrence: event.recurrence
      ? {
          rrule: event.recurrence.rrule,
          exdates: event.recurrence.exdates,
          rdates: event.recurrence.rdates,
        }
      : null,
    busy: event.busy ?? !event.allDay,
    owner: event.owner,
    etag: event.etag,
    created_at: event.createdAt ? timestampDate(event.createdAt).toISOString() : null,
    updated_at: event.updatedAt ? timestampDate(event.updatedAt).toISOString() : null,
    recurrence_id: event.recurrenceId || null,
    conflicts: event.conflicts.map(toConflictView),
    dropped_overrides: event.droppedOverrides,
    continues: event.continues || null,
    continued_by: event.continuedBy || null,
  };
}

/** An occurrence in the shape of the HTTP API. */
export function toOccurrenceView(occurrence: Occurrence) {
  return {
    event_id: occurrence.eventId,
    recurrence_id: occurrence.recurrenceId,
    calendar_id: occurrence.calendarId,
    title: occurrence.title,
    start: occurrence.start,
    end: occurrence.end,
    all_day: occurrence.allDay,
    time_zone: occurrence.timeZone,
    busy: occurrence.busy,
    location: occurrence.location,
    recurring: occurrence.recurring,
    overridden: occurrence.overridden,
  };
}

/** A calendar in the shape of the HTTP API. */
export function toCalendarView(calendar: Calendar) {
  return {
    id: calendar.id,
    owner: calendar.owner,
    name: calendar.name,
    time_zone: calendar.timeZone,
    revision: Number(calendar.revision),
    default: calendar.default,
  };
}

/** A reminder in the shape of the HTTP API. */
export function toNotificationView(notification: Notification) {
  return {
    id: notification.id,
    event_id: notification.eventId,
    recurrence_id: notification.recurrenceId,
    title: notification.title,
    occurrence_start: notification.occurrenceStart,
    user: notification.user,
    channel: notification.channel || null,
    due_at: notification.dueAt ? formatInstant(notification.dueAt) : null,
    sent_at: notification.sentAt ? formatInstant(notification.sentAt) : null,
    status: nameStatus(notification.status),
    late: notification.late,
    attempts: notification.attempts,
    error: notification.error || null,
  };
}

/** RFC 3339 in UTC, with a fraction where there is one. */
function formatInstant(timestamp: Timestamp): string {
  return timestampDate(timestamp).toISOString().replace('.000Z', 'Z');
}

/** Settings in the shape of the HTTP API. */
export function toSettingsView({ webhookUrl, webhookSecret }: Settings) {
  return { webhook_url: webhookUrl || null, webhook_secret: webhookSecret || null };
}

const HTTP_STATUS: ReadonlyMap<string, number> = new Map([
  ['invalid_request', 400],
  ['invalid_event', 400],
  ['invalid_calendar', 400],
  ['unauthenticated', 401],
  ['forbidden', 403],
  ['not_found', 404],
  ['event_not_found', 404],
  ['occurrence_not_found', 404],
  ['calendar_not_found', 404],
  ['method_not_allowed', 405],
  ['date_busy', 409],
  ['event_exists', 409],
  ['calendar_exists', 409],
  ['stale_event', 412],
  ['payload_too_large', 413],
  ['rate_limited', 429],
  ['cancelled', 499],
  ['unavailable', 503],
  ['deadline_exceeded', 504],
]);

/** An error in the shape of the HTTP API. */
export function toErrorView(error: string, message: string, details: readonly unknown[] = []) {
  return { code: HTTP_STATUS.get(error) ?? 500, error, message, details };
}

export function toFailureView({ code, message, violations, conflicts }: CallFailure) {
  return toErrorView(code, message, [...conflicts, ...violations]);
}
