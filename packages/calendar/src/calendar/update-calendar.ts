import type { CalendarContext } from '../context.ts';
import type { UserId } from '../event/event.ts';
import { parseCalendar, type CalendarInput } from './calendar-input.ts';
import type { Calendar } from './calendar.ts';
import { parseCalendarId } from './resolve-calendar.ts';

/**
 * Changes name or zone of the user's calendar. Events keep the zones that they have.
 * @throws ErrCalendarNotFound, ErrInvalidCalendar.
 */
export async function updateCalendar(
  context: CalendarContext,
  user: UserId,
  id: string,
  patch: CalendarInput,
  signal?: AbortSignal,
): Promise<Calendar> {
  return context.calendars.update(
    user,
    parseCalendarId(id),
    (current) => ({ ...current, ...parseCalendar(patch, current), updatedAt: context.now() }),
    signal,
  );
}
