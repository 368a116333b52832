import { fromJson, toJson, type DescMethodUnary, type JsonValue } from '@bufbuild/protobuf';
import { CalendarService } from '@daywatch/protocol/calendar';
import type {
  CalendarClient,
  CalendarView,
  EventInput,
  EventView,
  IntervalView,
  OccurrencePage,
  OccurrenceTarget,
  ReminderView,
  UserSettingsView,
} from './calendar-client.ts';
import { openUnaryCalls } from './grpc-calls.ts';

const { method } = CalendarService;
const PERIODS = { day: method.listDay, week: method.listWeek, month: method.listMonth } as const;

/** The calendar over gRPC. @param token undefined sends no credentials */
export function connectOverGrpc(origin: string, token: string | undefined): CalendarClient {
  const calls = openUnaryCalls(origin, token);

  /** The contract has a textual form of its own: the names and the shapes are those of HTTP. */
  async function ask<T>(called: DescMethodUnary, request: object = {}): Promise<T> {
    // What is undefined is left out, as on its way over HTTP.
    const json = JSON.parse(JSON.stringify(request)) as JsonValue;
    const answer = await calls.call(called, fromJson(called.input, json));
    return toJson(called.output, answer, { alwaysEmitImplicit: true, useProtoFieldName: true }) as T;
  }

  return {
    createCalendar: (calendar) => ask<CalendarView>(method.createCalendar, { calendar }),
    listCalendars: async () =>
      (await ask<{ calendars: readonly CalendarView[] }>(method.listCalendars)).calendars,
    createEvent: (event) => ask<EventView>(method.createEvent, { event }),
    getEvent: (id) => ask<EventView>(method.getEvent, { id }),
    changeEvent: (id, patch, etag) => ask<EventView>(method.updateEvent, toUpdate({ id, ...patch }, etag)),
    deleteEvent: async (id, etag = '') => {
      await ask(method.deleteEvent, { id, etag });
    },
    getOccurrence: ({ event_id, recurrence_id }) =>
      ask<EventView>(method.getOccurrence, { event_id, recurrence_id }),
    changeOccurrence: (target, patch) =>
      ask<EventView>(method.updateOccurrence, { ...withScope(target), ...toUpdate(patch) }),
    deleteOccurrence: async (target) => {
      await ask(method.deleteOccurrence, withScope(target));
    },
    listPeriod: async ({ period, ...query }) =>
      (await ask<OccurrencePage>(PERIODS[period], query)).occurrences,
    listRange: (query) => ask<OccurrencePage>(method.listOccurrences, query),
    search: async (query) => (await ask<OccurrencePage>(method.searchEvents, query)).occurrences,
    queryFreeBusy: async (query) =>
      (await ask<{ busy: readonly IntervalView[] }>(method.queryFreeBusy, query)).busy,
    listReminders: async (query) => {
      const { notifications } = await ask<{ notifications: readonly ReminderView[] }>(
        method.listNotifications,
        query,
      );
      return notifications.map((reminder) => ({ ...reminder, status: nameStatus(reminder.status) }));
    },
    changeSettings: (settings) =>
      ask<UserSettingsView>(method.updateSettings, { settings, update_mask: 'webhookUrl' }),
    close: () => calls.close(),
  };
}

/** The enum's value, as the HTTP API says it. */
function nameStatus(value: string): string {
  return value.replace('NOTIFICATION_STATUS_', '').toLowerCase();
}

function withScope({ scope, ...target }: OccurrenceTarget): object {
  return { ...target, scope: `OCCURRENCE_SCOPE_${scope.toUpperCase()}` };
}

/** What a merge patch says by its keys and by null, a field mask says. */
function toUpdate({ id, ...patch }: EventInput, etag?: string): object {
  const paths = Object.entries(patch).flatMap(([name, value]) =>
    name === 'recurrence' && value !== null && typeof value === 'object'
      ? Object.keys(value).map((part) => `recurrence.${part}`)
      : [name],
  );
  const given = Object.entries(patch).filter(([, value]) => value !== null);
  return {
    event: {
      ...Object.fromEntries(given),
      ...(id !== undefined && { id }),
      ...(etag !== undefined && { etag }),
    },
    update_mask: paths.map(toCamelCase).join(','),
  };
}

/** As a field mask is written in JSON. */
function toCamelCase(path: string): string {
  return path.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
