import type { CallFailure } from '../api/call-failure.ts';
import { dateOfStart } from '../repeat/describe-repeat.ts';
import type { Session } from '../session.ts';
import { formatTime } from '../time/format-time.ts';
import { describeConflicts } from './describe-conflict.ts';
import { toTyped } from './explain-conflict.ts';
import { adviseOnSeries, type SeriesWish } from './suggest-series-times.ts';

/** More days to leave out than this are no exceptions any more. */
const MAX_EXCEPTIONS = 5;

/**
 * Adds to the date_busy of a series what is in the way of which occurrence, and at which time of day none of them
 * clashes.
 * @param toCommand what to type to take a suggested time.
 * @param canExcept whether days may be left out with --except.
 */
export async function explainSeriesConflict(
  session: Session,
  failure: CallFailure,
  wish: SeriesWish,
  toCommand: (when: string) => string,
  canExcept: boolean,
): Promise<void> {
  if (failure.code !== 'date_busy' || session.settings.json) return;
  const { dash } = session.style.signs;
  const [names, advice] = await Promise.all([
    describeConflicts(session, failure.conflicts),
    adviseOnSeries(session, wish).catch(() => undefined),
  ]);
  const { checked = 0, clashing = [], times = [] } = advice ?? {};
  const [first] = times;
  const days = [...new Set(clashing.map((start) => dateOfStart(start).toString()))];
  const excepts = canExcept && days.length > 0 && days.length <= MAX_EXCEPTIONS && days.length < checked;
  failure.hints = [
    'In the way:',
    ...names.map((line) => `  ${line}`),
    ...(clashing.length > 0
      ? [
          clashing.length < checked
            ? `Of its first ${checked} times ${clashing.length} clash.`
            : 'All of its times clash.',
        ]
      : []),
    ...(first ? [`Times at which none of the first ${checked} clashes:`] : []),
    ...times.map((time) =>
      time.kind === 'timed' ? `  ${formatTime(time.start)}${dash}${formatTime(time.end)}` : '',
    ),
    ...(first ? [`Take the first:  ${toCommand(toTyped(first))}`] : []),
    ...(advice && !first && wish.time.kind === 'timed'
      ? [`At no other time of the day are all of its first ${checked} times free.`]
      : []),
    ...(excepts ? [`Or leave out what clashes:  --except ${days.join(',')}`] : []),
    'Or let it overlap with --free: it then takes no time.',
  ];
}
