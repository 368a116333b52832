import type { CalendarContext } from '../context.ts';
import { ErrCalendarExists, ErrInvalidCalendar } from '../errors.ts';
import type { UserId } from '../event/event.ts';
import { parseChosenId } from '../uuid.ts';
import { parseCalendar, type CalendarInput } from './calendar-input.ts';
import { MAX_CALENDARS } from './calendar-store.ts';
import type { Calendar, CalendarDraft, CalendarId } from './calendar.ts';
import { resolveCalendar } from './resolve-calendar.ts';

/**
 * Creates a further calendar of the user; by default in the zone of the default one. Creating again
 * with the same client-supplied id answers the stored calendar when the content is equal.
 * @throws ErrInvalidCalendar, ErrCalendarExists.
 */
export async function createCalendar(
  context: CalendarContext,
  user: UserId,
  input: CalendarInput,
  signal?: AbortSignal,
): Promise<Calendar> {
  const givenId = parseChosenId(input.id, (violations) => new ErrInvalidCalendar(violations));
  const id = (givenId ?? context.newId()) as CalendarId;
  const { timeZone } = await resolveCalendar(context, user, undefined, signal);
  const content = parseCalendar(
    { name: input.name ?? null, time_zone: input.time_zone ?? undefined },
    { timeZone },
  );
  const now = context.now();
  const draft: CalendarDraft = { ...content, id, owner: user, createdAt: now, updatedAt: now };
  const result = await context.calendars.add(draft, signal);
  switch (result.kind) {
    case 'added':
      return result.calendar;
    case 'exists':
      if (result.calendar.name === draft.name && result.calendar.timeZone === draft.timeZone)
        return result.calendar;
      throw new ErrCalendarExists(id);
    case 'too-many':
      throw new ErrInvalidCalendar([
        {
          field: 'calendar',
          description: `is one too many; allowed are ${MAX_CALENDARS} calendars for a user`,
        },
      ]);
    default:
      return result satisfies never;
  }
}
