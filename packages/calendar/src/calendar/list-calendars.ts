import type { CalendarContext } from '../context.ts';
import type { UserId } from '../event/event.ts';
import type { Calendar } from './calendar.ts';
import { resolveCalendar } from './resolve-calendar.ts';

/** The user's calendars, the default one first; it is made where the user has none yet. */
export async function listCalendars(
  context: CalendarContext,
  user: UserId,
  signal?: AbortSignal,
): Promise<readonly Calendar[]> {
  const calendars = await context.calendars.list(user, signal);
  if (calendars.some(({ isDefault }) => isDefault)) return calendars;
  await resolveCalendar(context, user, undefined, signal);
  return context.calendars.list(user, signal);
}
