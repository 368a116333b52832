import type { DescMethodUnary } from '@bufbuild/protobuf';
import { OccurrenceScope as OccurrenceScopeMessage, type CalendarService } from '@daywatch/protocol/calendar';
import { createCalendar } from '../../calendar/create-calendar.ts';
import { listCalendars } from '../../calendar/list-calendars.ts';
import { updateCalendar } from '../../calendar/update-calendar.ts';
import type { CalendarContext } from '../../context.ts';
import { ErrInvalidRequest } from '../../errors.ts';
import { createEvent } from '../../event/create-event.ts';
import { deleteEvent } from '../../event/delete-event.ts';
import type { UserId } from '../../event/event.ts';
import { getEvent } from '../../event/get-event.ts';
import { updateEvent } from '../../event/update-event.ts';
import { deleteOccurrence } from '../../occurrence/delete-occurrence.ts';
import { getOccurrence } from '../../occurrence/get-occurrence.ts';
import { listOccurrences, listPeriod, type PageRequest } from '../../occurrence/list-occurrences.ts';
import type { OccurrenceName, OccurrenceScope } from '../../occurrence/occurrence-target.ts';
import type { PeriodKind } from '../../occurrence/period.ts';
import { queryFreeBusy } from '../../occurrence/query-free-busy.ts';
import { updateOccurrence } from '../../occurrence/update-occurrence.ts';
import { listReminders } from '../../reminder/list-reminders.ts';
import { getSettings, updateSettings } from '../../reminder/user-settings.ts';
import { searchEvents } from '../../search/search-events.ts';
import { toCalendarInput, toCalendarPatch } from './calendar-patch.ts';
import { EVENT_FIELDS, OCCURRENCE_FIELDS, toEventInput } from './event-input.ts';
import { toEventPatch } from './event-patch.ts';
import { toCalendarMessage, toEventMessage, toIntervalMessage, toPageMessage } from './messages.ts';
import { toStatusName } from './notification-status.ts';
import { toNotificationMessage, toSettingsMessage } from './reminder-messages.ts';
import { toSettingsPatch } from './settings-patch.ts';
import type { Method } from './serve-unary.ts';

type Methods = {
  readonly [
    Name in keyof typeof CalendarService.method
  ]: (typeof CalendarService.method)[Name] extends DescMethodUnary<infer I, infer O> ? Method<I, O> : never;
};

/** What each method of the contract does: a use case between two translations. */
export function createCalendarMethods(context: CalendarContext): Methods {
  return {
    async createEvent(request, user, signal) {
      const event = required('event', request.event);
      return toEventMessage(await createEvent(context, user, toEventInput(event), signal));
    },
    async getEvent({ id }, user, signal) {
      return toEventMessage(await getEvent(context, user, requiredId('id', id), signal));
    },
    async updateEvent(request, user, signal) {
      const event = required('event', request.event);
      const id = requiredId('event.id', event.id);
      const patch = toEventPatch(event, request.updateMask);
      return toEventMessage(await updateEvent(context, user, id, patch, undefined, signal));
    },
    async deleteEvent({ id, etag }, user, signal) {
      await deleteEvent(context, user, requiredId('id', id), etag ? [etag] : undefined, signal);
      return {};
    },
    async getOccurrence({ eventId, recurrenceId }, user, signal) {
      const name = requiredName(eventId, recurrenceId);
      return toEventMessage(await getOccurrence(context, user, name, signal));
    },
    async updateOccurrence(request, user, signal) {
      const target = {
        ...requiredName(request.eventId, request.recurrenceId),
        scope: toScope(request.scope),
      };
      const all = target.scope === 'this' ? OCCURRENCE_FIELDS : EVENT_FIELDS;
      const patch = toEventPatch(required('event', request.event), request.updateMask, all);
      return toEventMessage(await updateOccurrence(context, user, target, patch, undefined, signal));
    },
    async deleteOccurrence({ eventId, recurrenceId, scope, etag }, user, signal) {
      const target = { ...requiredName(eventId, recurrenceId), scope: toScope(scope) };
      await deleteOccurrence(context, user, target, etag ? [etag] : undefined, signal);
      return {};
    },
    listDay: listBy(context, 'day'),
    listWeek: listBy(context, 'week'),
    listMonth: listBy(context, 'month'),
    async listOccurrences(request, user, signal) {
      const range = { from: request.from, to: request.to, ...toPageRequest(request) };
      return toPageMessage(await listOccurrences(context, user, range, signal));
    },
    async searchEvents({ query, ...page }, user, signal) {
      const wanted = { query, ...toPageRequest(page) };
      return toPageMessage(await searchEvents(context, user, wanted, signal));
    },
    async queryFreeBusy({ from, to, calendarId }, user, signal) {
      const busy = await queryFreeBusy(context, user, { from, to, calendar_id: calendarId }, signal);
      return { busy: busy.map(toIntervalMessage) };
    },
    async listCalendars(_request, user, signal) {
      return { calendars: (await listCalendars(context, user, signal)).map(toCalendarMessage) };
    },
    async createCalendar(request, user, signal) {
      const calendar = required('calendar', request.calendar);
      return toCalendarMessage(await createCalendar(context, user, toCalendarInput(calendar), signal));
    },
    async updateCalendar(request, user, signal) {
      const calendar = required('calendar', request.calendar);
      const id = requiredId('calendar.id', calendar.id);
      const patch = toCalendarPatch(calendar, request.updateMask);
      return toCalendarMessage(await updateCalendar(context, user, id, patch, signal));
    },
    async listNotifications({ eventId, from, to, pageSize, pageToken, ...request }, user, signal) {
      const status = toStatusName(request.status);
      const wanted = { event_id: eventId, from, to, status, page_size: pageSize, page_token: pageToken };
      const { reminders, nextPageToken } = await listReminders(context, user, wanted, signal);
      return { notifications: reminders.map(toNotificationMessage), nextPageToken };
    },
    async getSettings(_request, user, signal) {
      return toSettingsMessage(await getSettings(context, user, signal));
    },
    async updateSettings(request, user, signal) {
      const patch = toSettingsPatch(required('settings', request.settings), request.updateMask);
      return toSettingsMessage(await updateSettings(context, user, patch, signal));
    },
  };
}

/** Day, week and month have the same request, each as a message of its own. */
interface PeriodMessage extends PageMessage {
  readonly date: string;
  readonly timeZone: string;
}

interface PageMessage {
  readonly calendarId: string;
  readonly pageSize: number;
  readonly pageToken: string;
}

function listBy(context: CalendarContext, kind: PeriodKind) {
  return async (request: PeriodMessage, user: UserId, signal: AbortSignal) => {
    const period = { date: request.date, time_zone: request.timeZone, ...toPageRequest(request) };
    return toPageMessage(await listPeriod(context, user, kind, period, signal));
  };
}

function toPageRequest({ calendarId, pageSize, pageToken }: PageMessage): PageRequest {
  return { calendar_id: calendarId, page_size: pageSize, page_token: pageToken };
}

function requiredName(eventId: string, recurrenceId: string): OccurrenceName {
  if (recurrenceId === '')
    throw missing('recurrence_id', 'allowed is a time such as 2026-03-29T08:00:00Z, or a date');
  return { event_id: requiredId('event_id', eventId), recurrence_id: recurrenceId };
}

function toScope(scope: OccurrenceScopeMessage): OccurrenceScope {
  switch (scope) {
    case OccurrenceScopeMessage.UNSPECIFIED:
    case OccurrenceScopeMessage.THIS:
      return 'this';
    case OccurrenceScopeMessage.FOLLOWING:
      return 'following';
    default:
      // An open enum (proto3): any number may come.
      throw new ErrInvalidRequest([
        {
          field: 'scope',
          description: `${String(scope satisfies never)} is no scope; allowed are 1 (this) and 2 (following)`,
        },
      ]);
  }
}

function required<T>(field: string, value: T | undefined): T {
  if (value === undefined) throw missing(field, 'it is what the request is about');
  return value;
}

function requiredId(field: string, id: string): string {
  if (id === '') throw missing(field, 'allowed is a UUID');
  return id;
}

function missing(field: string, allowed: string): ErrInvalidRequest {
  return new ErrInvalidRequest([{ field, description: `is missing; ${allowed}` }]);
}
