import { requireCalendar } from '../calendar/resolve-calendar.ts';
import type { CalendarContext } from '../context.ts';
import { ErrInvalidRequest } from '../errors.ts';
import type { UserId } from '../event/event.ts';
import type { Interval } from '../time/instant.ts';
import { DAY_MS } from '../time/plain-date.ts';
import { parseRange } from './parse-range.ts';

/** The longest period of one query, in days: its answer is not paged. */
const MAX_PERIOD_DAYS = 366;

export interface FreeBusyRequest {
  /** RFC 3339 with an offset; inclusive. */
  readonly from: string;
  /** RFC 3339 with an offset; exclusive. */
  readonly to: string;
  /** By default all calendars of the user. */
  readonly calendar_id?: string | null | undefined;
}

/**
 * What is busy in `[from, to)`, merged into the fewest intervals and cut to the period.
 * @throws ErrInvalidRequest, ErrCalendarNotFound.
 */
export async function queryFreeBusy(
  context: CalendarContext,
  user: UserId,
  request: FreeBusyRequest,
  signal?: AbortSignal,
): Promise<readonly Interval[]> {
  const { start: from, end: to } = parseRange(request);
  if (to - from > MAX_PERIOD_DAYS * DAY_MS) {
    const description = `'${request.to}' is more than ${MAX_PERIOD_DAYS} days after from; allowed are shorter periods`;
    throw new ErrInvalidRequest([{ field: 'to', description }]);
  }
  const calendarId = request.calendar_id
    ? (await requireCalendar(context, user, request.calendar_id, signal)).id
    : undefined;
  return context.events.listBusy({ owner: user, calendarId, from, to }, signal);
}
