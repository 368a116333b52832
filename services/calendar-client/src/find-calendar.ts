import { CalendarService, type Calendar } from '@daywatch/protocol/calendar';
import { isPartOfId, matchesId } from './event/short-id.ts';
import { RefusedError, UsageError } from './failure.ts';
import type { Session } from './session.ts';
import { sanitizeLine } from './text/sanitize.ts';

export async function listCalendars(session: Session): Promise<readonly Calendar[]> {
  const { calendars } = await session.api.call(CalendarService.method.listCalendars, {});
  return calendars;
}

/** The id of the calendar that a person names; empty where none is named. */
export async function findCalendarId(session: Session, name: string | undefined): Promise<string> {
  return name === undefined ? '' : (await findCalendar(session, name)).id;
}

/**
 * Finds a calendar by its name in any case, by the beginning of its name, by its id or digits of it.
 * @throws RefusedError where there is none, UsageError where there are several.
 */
export async function findCalendar(session: Session, name: string): Promise<Calendar> {
  const calendars = await listCalendars(session);
  const lower = name.toLowerCase();
  const ways: readonly ((calendar: Calendar) => boolean)[] = [
    (calendar) => calendar.id === lower,
    (calendar) => calendar.name === name,
    (calendar) => calendar.name.toLowerCase() === lower,
    (calendar) => lower !== '' && calendar.name.toLowerCase().startsWith(lower),
    (calendar) => isPartOfId(name) && matchesId(calendar.id, name),
  ];
  for (const isMeant of ways) {
    const [found, ...others] = calendars.filter(isMeant);
    if (found && others.length === 0) return found;
    if (found) {
      const lines = [found, ...others].map((calendar) => `  ${calendar.id}  ${sanitizeLine(calendar.name)}`);
      throw new UsageError(`calendar: '${sanitizeLine(name)}' may be any of these; take the id:`, ...lines);
    }
  }
  throw new RefusedError(
    'calendar_not_found',
    `there is no calendar '${sanitizeLine(name)}'`,
    `There are: ${calendars.map((calendar) => sanitizeLine(calendar.name)).join(', ')}. Make one with: calendar_client calendars add NAME`,
  );
}
