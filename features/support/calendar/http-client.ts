import type {
  CalendarClient,
  CalendarView,
  EventView,
  IntervalView,
  OccurrencePage,
  OccurrenceTarget,
  ReminderView,
  UserSettingsView,
} from './calendar-client.ts';
import { Refusal, type ConflictView } from './refusal.ts';

interface Asked {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly etag?: string | undefined;
}

const DEADLINE_MS = 20_000;

/** The calendar over HTTP. @param token undefined sends no credentials */
export function connectOverHttp(origin: string, token: string | undefined): CalendarClient {
  async function ask<T>(method: string, path: string, { query = {}, body, etag }: Asked = {}): Promise<T> {
    const url = new URL(`/api/v1/${path}`, origin);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const response = await fetch(url, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(etag !== undefined && { 'if-match': `"${etag}"` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    const text = await response.text();
    if (!response.ok) throw readRefusal(response.status, text);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  const pathOf = ({ event_id, recurrence_id }: Omit<OccurrenceTarget, 'scope'>): string =>
    `events/${event_id}/occurrences/${encodeURIComponent(recurrence_id)}`;

  return {
    createCalendar: (body) => ask<CalendarView>('POST', 'calendars', { body }),
    listCalendars: async () =>
      (await ask<{ calendars: readonly CalendarView[] }>('GET', 'calendars')).calendars,
    createEvent: (body) => ask<EventView>('POST', 'events', { body }),
    getEvent: (id) => ask<EventView>('GET', `events/${id}`),
    changeEvent: (id, body, etag) => ask<EventView>('PATCH', `events/${id}`, { body, etag }),
    deleteEvent: (id, etag) => ask('DELETE', `events/${id}`, { etag }),
    getOccurrence: (target) => ask<EventView>('GET', pathOf(target)),
    changeOccurrence: (target, body) =>
      ask<EventView>('PATCH', pathOf(target), { body, query: { scope: target.scope } }),
    deleteOccurrence: (target) => ask('DELETE', pathOf(target), { query: { scope: target.scope } }),
    listPeriod: async ({ period, date, ...query }) =>
      (await ask<OccurrencePage>('GET', `${period}s/${date}/occurrences`, { query })).occurrences,
    listRange: (query) => ask<OccurrencePage>('GET', 'occurrences', { query: { ...query } }),
    search: async (query) => (await ask<OccurrencePage>('GET', 'search', { query })).occurrences,
    queryFreeBusy: async (query) =>
      (await ask<{ busy: readonly IntervalView[] }>('GET', 'freebusy', { query: { ...query } })).busy,
    listReminders: async (query) =>
      (await ask<{ notifications: readonly ReminderView[] }>('GET', 'notifications', { query }))
        .notifications,
    changeSettings: (body) => ask<UserSettingsView>('PATCH', 'settings', { body }),
    close: () => undefined,
  };
}

type Detail = ConflictView | { readonly field: string };

function readRefusal(status: number, text: string): Refusal {
  const {
    error,
    message,
    details = [],
  } = JSON.parse(text) as {
    readonly error: string;
    readonly message: string;
    readonly details?: readonly Detail[];
  };
  return new Refusal(message, {
    code: error,
    status: String(status),
    fields: details.flatMap((detail) => ('field' in detail ? [detail.field] : [])),
    conflicts: details.flatMap((detail) => ('event_id' in detail ? [detail] : [])),
  });
}
