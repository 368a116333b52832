import type { CallFailure } from '../api/call-failure.ts';
import { describeTime, type ShownTime } from '../event/shown-time.ts';
import type { Session } from '../session.ts';
import { formatTime } from '../time/format-time.ts';
import { describeConflicts } from './describe-conflict.ts';
import { suggestTimes, type Wish } from './suggest-times.ts';

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
  // Both are a courtesy on top of the error: where they fail, the error alone is shown.
  const [names, times] = await Promise.all([
    describeConflicts(session, failure.conflicts),
    suggestTimes(session, wish).catch(() => []),
  ]);
  const [first] = times;
  failure.hints = [
    'In the way:',
    ...names.map((line) => `  ${line}`),
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

/** What to type for a time that is suggested. */
export function toTyped(time: ShownTime): string {
  if (time.kind === 'all-day') return time.start.toString();
  return `${time.start.toPlainDate().toString()} ${formatTime(time.start)}`;
}
