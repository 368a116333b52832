import type { Calendar } from '../calendar/calendar.ts';
import { requireCalendar, resolveCalendar } from '../calendar/resolve-calendar.ts';
import type { CalendarContext } from '../context.ts';
import { ErrInvalidRequest } from '../errors.ts';
import type { UserId } from '../event/event.ts';
import type { Interval } from '../time/instant.ts';
import { parsePlainDate, type PlainDate } from '../time/plain-date.ts';
import { parseTimeZone } from '../time/time-zone.ts';
import { Violations } from '../violations.ts';
import type { Occurrence } from './occurrence.ts';
import { formatPageToken, parsePageSize, parsePageToken } from './page.ts';
import { parseRange } from './parse-range.ts';
import { periodFrom, type PeriodKind } from './period.ts';

/** Which page of a listing, and of which calendar: all of the user's where none is named. */
export interface PageRequest {
  readonly calendar_id?: string | null | undefined;
  readonly page_size?: number | undefined;
  readonly page_token?: string | undefined;
}

/** A listing of the day, week or month from a date on. */
export interface PeriodRequest extends PageRequest {
  /** YYYY-MM-DD. */
  readonly date: string;
  /** IANA; by default that of the named calendar, or of the default one. */
  readonly time_zone?: string | null | undefined;
}

/** A listing of `[from, to)`, RFC 3339 with offsets. */
export interface RangeRequest extends PageRequest {
  readonly from: string;
  readonly to: string;
}

export interface OccurrencePage {
  readonly occurrences: readonly Occurrence[];
  /** Empty on the last page. */
  readonly nextPageToken: string;
}

/**
 * Lists what overlaps the day, week or month, also what began earlier, in order of start.
 * @throws ErrInvalidRequest, ErrCalendarNotFound.
 */
export async function listPeriod(
  context: CalendarContext,
  user: UserId,
  kind: PeriodKind,
  request: PeriodRequest,
  signal?: AbortSignal,
): Promise<OccurrencePage> {
  const violations = new Violations();
  const date = violations.read('date', () => parsePlainDate(request.date));
  const zone = request.time_zone
    ? violations.read('time_zone', () => parseTimeZone(request.time_zone as string))
    : undefined;
  violations.throwIfAny((found) => new ErrInvalidRequest(found));
  const calendar = await requireNamedCalendar(context, user, request, signal);
  const timeZone = zone ?? (calendar ?? (await resolveCalendar(context, user, undefined, signal))).timeZone;
  const period = periodFrom(kind, date as PlainDate, timeZone);
  return listPage(context, user, period, calendar, request, signal);
}

/**
 * Lists what overlaps `[from, to)`, also what began earlier, in order of start.
 * @throws ErrInvalidRequest, ErrCalendarNotFound.
 */
export async function listOccurrences(
  context: CalendarContext,
  user: UserId,
  request: RangeRequest,
  signal?: AbortSignal,
): Promise<OccurrencePage> {
  const range = parseRange(request);
  return listPage(
    context,
    user,
    range,
    await requireNamedCalendar(context, user, request, signal),
    request,
    signal,
  );
}

async function requireNamedCalendar(
  context: CalendarContext,
  user: UserId,
  { calendar_id }: PageRequest,
  signal: AbortSignal | undefined,
): Promise<Calendar | undefined> {
  return calendar_id ? requireCalendar(context, user, calendar_id, signal) : undefined;
}

async function listPage(
  context: CalendarContext,
  user: UserId,
  { start: from, end: to }: Interval,
  calendar: Calendar | undefined,
  request: PageRequest,
  signal: AbortSignal | undefined,
): Promise<OccurrencePage> {
  const violations = new Violations();
  const query = [user, calendar?.id, from, to].join(' ');
  const pageSize = violations.read('page_size', () => parsePageSize(request.page_size)) ?? 0;
  const after = violations.read('page_token', () => parsePageToken(request.page_token, query));
  violations.throwIfAny((found) => new ErrInvalidRequest(found));
  if (to <= from) return { occurrences: [], nextPageToken: '' };
  // One more than asked for tells whether there is a next page.
  const limit = pageSize + 1;
  const found = await context.events.list(
    { owner: user, calendarId: calendar?.id, from, to, after, limit },
    signal,
  );
  const occurrences = found.slice(0, pageSize);
  const last = occurrences.at(-1);
  if (found.length <= pageSize || !last) return { occurrences, nextPageToken: '' };
  const { startsAt: start, eventId, recurrenceId } = last;
  return { occurrences, nextPageToken: formatPageToken({ start, eventId, recurrenceId }, query) };
}
