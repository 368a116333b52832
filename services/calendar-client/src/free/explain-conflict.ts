import { CalendarService } from '@daywatch/protocol/calendar';
import type { CallFailure, Conflict } from '../api/call-failure.ts';
import { shortenId } from '../event/short-id.ts';
import { describeTime, toShownTime, type ShownTime } from '../event/shown-time.ts';
import type { Session } from '../session.ts';
import { sanitizeLine } from '../text/sanitize.ts';
import { formatTime } from '../time/format-time.ts';
import { suggestTimes, type Wish } from './suggest-times.ts';

const MAX_CONFLICTS = 5;

/**
 * Adds to a date_busy what is in the way, by title, and the next free times of that length.
 * @param toCommand what to type to take a suggested time.
 */
export async function explainConflict(
  session: Session,
  failure: CallFailure,
  wish: Wish,
  toCommand: (when: string) => string,
): Promise<void> {
  if (failure.code !== 'date_busy' || session.settings.json) return;
  const { zone } = session.settings;
  const { signs } = session.style;
  const shown = failure.conflicts.slice(0, MAX_CONFLICTS);
  // Both are a courtesy on top of the error: where they fail, the error alone is shown.
  const [names, times] = await Promise.all([
    Promise.all(shown.map((conflict) => describeConflict(session, conflict))),
    suggestTimes(session, wish).catch(() => []),
  ]);
  const [first] = times;
  failure.hints = [
    'In the way:',
    ...names.map((line) => `  ${line}`),
    ...(failure.conflicts.length > shown.length ? ['  and more'] : []),
    ...(first
      ? [
          'Next free times of that length:',
          ...times.map((time) => `  ${describeTime(time, signs)}`),
          `Take the first:  ${toCommand(toTyped(first))}`,
        ]
      : [`No free time of that length in the three weeks from then on in ${zone}.`]),
    'Or let it overlap with --free: it then takes no time.',
  ];
}

async function describeConflict(session: Session, conflict: Conflict): Promise<string> {
  const isAllDay = /^\d{4}-\d{2}-\d{2}$/.test(conflict.start);
  const time = toShownTime({ ...conflict, allDay: isAllDay, timeZone: '' }, session.settings.zone);
  const when = describeTime(time, session.style.signs);
  try {
    const { title } = await session.api.call(CalendarService.method.getEvent, { id: conflict.event_id });
    return `${when}  ${sanitizeLine(title)}  ${shortenId(conflict.event_id)}`;
  } catch {
    return `${when}  (event ${shortenId(conflict.event_id)})`;
  }
}

function toTyped(time: ShownTime): string {
  if (time.kind === 'all-day') return time.start.toString();
  return `${time.start.toPlainDate().toString()} ${formatTime(time.start)}`;
}
