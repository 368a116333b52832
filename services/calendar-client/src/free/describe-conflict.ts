import { CalendarService } from '@daywatch/protocol/calendar';
import type { Conflict } from '../api/call-failure.ts';
import { shortenId } from '../event/short-id.ts';
import { describeTime, toShownTime } from '../event/shown-time.ts';
import type { Session } from '../session.ts';
import { sanitizeLine } from '../text/sanitize.ts';

const MAX_CONFLICTS = 5;

/** What is in the way, with titles, a line each; the first few of it. */
export async function describeConflicts(
  session: Session,
  conflicts: readonly Conflict[],
): Promise<readonly string[]> {
  const shown = conflicts.slice(0, MAX_CONFLICTS);
  const titles = new Map<string, Promise<string>>();
  for (const { event_id } of shown)
    if (!titles.has(event_id)) titles.set(event_id, titleOf(session, event_id));
  const lines = await Promise.all(
    shown.map(async (conflict) => {
      const isAllDay = /^\d{4}-\d{2}-\d{2}$/.test(conflict.start);
      const time = toShownTime({ ...conflict, allDay: isAllDay, timeZone: '' }, session.settings.zone);
      return `${describeTime(time, session.style.signs)}  ${await titles.get(conflict.event_id)}`;
    }),
  );
  return conflicts.length > shown.length ? [...lines, 'and more'] : lines;
}

async function titleOf(session: Session, id: string): Promise<string> {
  try {
    const { title } = await session.api.call(CalendarService.method.getEvent, { id });
    return `${sanitizeLine(title)}  ${shortenId(id)}`;
  } catch {
    return `(event ${shortenId(id)})`;
  }
}
