/** A calendar of a user. */
export interface CalendarView {
  readonly id: string;
  readonly name: string;
  readonly time_zone: string;
  readonly default: boolean;
}

interface RecurrenceView {
  readonly rrule: string;
  readonly exdates: readonly string[];
  readonly rdates: readonly string[];
}

/** An event as the contract has it. What is absent is null over HTTP and empty over gRPC. */
export interface EventView {
  readonly id: string;
  readonly calendar_id: string;
  readonly uid: string;
  readonly sequence: number;
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly time_zone: string;
  readonly description: string;
  readonly location: string;
  readonly notify_before: readonly string[];
  readonly recurrence?: RecurrenceView | null;
  readonly busy: boolean;
  readonly owner: string;
  readonly etag: string;
  readonly recurrence_id: string | null;
  readonly dropped_overrides: readonly string[];
  readonly continues: string | null;
  readonly continued_by: string | null;
}

/** What is given of a new event, or changed of one: in a change null clears. */
export type EventInput = Readonly<Record<string, unknown>>;

export interface OccurrenceView {
  readonly event_id: string;
  readonly recurrence_id: string;
  readonly calendar_id: string;
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly recurring: boolean;
  readonly overridden: boolean;
}

export interface OccurrencePage {
  readonly occurrences: readonly OccurrenceView[];
  /** Empty on the last page. */
  readonly next_page_token: string;
}

export interface IntervalView {
  readonly start: string;
  readonly end: string;
}

export interface ReminderView {
  readonly id: string;
  readonly event_id: string;
  readonly recurrence_id: string;
  readonly title: string;
  readonly occurrence_start: string;
  readonly user: string;
  readonly channel: string | null;
  readonly due_at: string;
  readonly sent_at?: string | null;
  readonly status: string;
  readonly late: boolean;
  readonly attempts: number;
  readonly error: string | null;
}

export interface UserSettingsView {
  readonly webhook_url: string | null;
  readonly webhook_secret: string | null;
}

/** Names one occurrence, and how far a change of it goes. */
export interface OccurrenceTarget {
  readonly event_id: string;
  readonly recurrence_id: string;
  readonly scope: 'this' | 'following';
}

export interface PeriodQuery {
  readonly period: 'day' | 'week' | 'month';
  readonly date: string;
  readonly calendar_id?: string;
  readonly time_zone?: string;
}

interface RangeQuery {
  readonly from: string;
  readonly to: string;
  readonly calendar_id: string;
}

/**
 * The public API of the calendar, as one user. There is one for each protocol, and scenarios know no difference.
 * Every method throws {@link Refusal} where the calendar says no.
 */
export interface CalendarClient {
  createCalendar(calendar: { readonly name: string; readonly time_zone: string }): Promise<CalendarView>;
  listCalendars(): Promise<readonly CalendarView[]>;
  createEvent(event: EventInput): Promise<EventView>;
  getEvent(id: string): Promise<EventView>;
  /** @param etag the version that the change is meant for */
  changeEvent(id: string, patch: EventInput, etag?: string): Promise<EventView>;
  deleteEvent(id: string, etag?: string): Promise<void>;
  getOccurrence(target: Omit<OccurrenceTarget, 'scope'>): Promise<EventView>;
  changeOccurrence(target: OccurrenceTarget, patch: EventInput): Promise<EventView>;
  deleteOccurrence(target: OccurrenceTarget): Promise<void>;
  listPeriod(query: PeriodQuery): Promise<readonly OccurrenceView[]>;
  listRange(
    query: RangeQuery & { readonly page_size?: number; readonly page_token?: string },
  ): Promise<OccurrencePage>;
  search(query: { readonly query: string; readonly calendar_id: string }): Promise<readonly OccurrenceView[]>;
  queryFreeBusy(query: RangeQuery): Promise<readonly IntervalView[]>;
  listReminders(query: { readonly event_id: string }): Promise<readonly ReminderView[]>;
  changeSettings(settings: { readonly webhook_url: string | null }): Promise<UserSettingsView>;
  close(): void;
}
