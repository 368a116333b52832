import type { CalendarContext } from '../context.ts';
import { ErrCalendarNotFound } from '../errors.ts';
import type { UserId } from '../event/event.ts';
import { abbreviate } from '../time/plain-date.ts';
import { isUuid } from '../uuid.ts';
import type { Calendar, CalendarDraft, CalendarId } from './calendar.ts';

/**
 * The calendar that a request means: the one that it names, or the user's default one, which is made
 * where the user has none yet.
 * @throws ErrCalendarNotFound
 */
export async function resolveCalendar(
  context: CalendarContext,
  user: UserId,
  id: string | null | undefined,
  signal?: AbortSignal,
): Promise<Calendar> {
  const found = await findCalendar(context, user, id, signal);
  return found ?? context.calendars.ensureDefault(draftDefault(context, user), signal);
}

/**
 * As resolveCalendar, but makes nothing: undefined where the user has no default calendar yet.
 * @throws ErrCalendarNotFound
 */
export async function findCalendar(
  context: CalendarContext,
  user: UserId,
  id: string | null | undefined,
  signal?: AbortSignal,
): Promise<Calendar | undefined> {
  return id ? requireCalendar(context, user, id, signal) : context.calendars.getDefault(user, signal);
}

/** A new user's default calendar, before it is stored. */
export function draftDefault(context: CalendarContext, user: UserId): CalendarDraft {
  const now = context.now();
  return {
    id: context.newId() as CalendarId,
    owner: user,
    name: 'Calendar',
    timeZone: context.defaultTimeZone,
    createdAt: now,
    updatedAt: now,
  };
}

/**
 * The user's calendar of that id.
 * @throws ErrCalendarNotFound, also for somebody else's calendar and for what is no id at all.
 */
export async function requireCalendar(
  context: CalendarContext,
  user: UserId,
  id: string,
  signal?: AbortSignal,
): Promise<Calendar> {
  const calendar = await context.calendars.get(user, parseCalendarId(id), signal);
  if (!calendar) throw new ErrCalendarNotFound(id);
  return calendar;
}

/** The id of a stored calendar. What is no id names no calendar. */
export function parseCalendarId(id: string): CalendarId {
  if (!isUuid(id)) throw new ErrCalendarNotFound(abbreviate(id));
  return id.toLowerCase() as CalendarId;
}
