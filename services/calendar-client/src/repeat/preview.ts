import type { RecurrenceSeries } from '@daywatch/recurrence';
import type { Temporal } from 'temporal-polyfill';
import { RefusedError } from '../failure.ts';
import type { Session } from '../session.ts';
import { formatDay, formatTime } from '../time/format-time.ts';
import { capitalize } from '../time/words.ts';
import { dateOfStart, describeEnd, describeRhythm } from './describe-repeat.ts';
import { lastStart, nextStarts, type SeriesStart } from './series-dates.ts';

const SHOWN_DATES = 5;

/**
 * Shows what a rule comes to, in words and in dates, before anything is saved, and asks where somebody is there
 * to answer.
 * @throws RefusedError where the answer is no.
 */
export async function confirmSeries(
  session: Session,
  series: RecurrenceSeries,
  {
    question,
    yes,
    from,
  }: { readonly question: string; readonly yes: boolean; readonly from: Temporal.Instant },
): Promise<void> {
  const { settings, terminal } = session;
  if (settings.json) return;
  session.note(...previewLines(session, series, from));
  if (yes || !terminal.canAsk) return;
  const answer = await terminal.ask(`${question} [Y/n] `);
  if (!/^(?:y(?:es)?)?$/i.test(answer.trim())) throw new RefusedError('cancelled', 'nothing was saved');
}

/** The rule in words, and its next dates from an instant on. */
function previewLines(
  { settings }: Session,
  series: RecurrenceSeries,
  from: Temporal.Instant,
): readonly string[] {
  const { zone } = settings;
  const starts = nextStarts(series, from, SHOWN_DATES + 1, zone);
  const shown = starts.slice(0, SHOWN_DATES);
  const end = lastStart(series, zone);
  const more = starts.length > SHOWN_DATES;
  return [
    `${capitalize(describeRhythm(series))}:`,
    ...shown.map((start) => `  ${formatStart(start)}`),
    ...(shown.length === 0 ? ['  no dates from now on'] : []),
    ...(more && end ? [`  … until ${formatStart(end)}`] : []),
    ...(more && !end ? [`  … ${describeEnd(series, zone)}`] : []),
  ];
}

/** `Thu 19 Nov 2026, 09:30`. */
export function formatStart(start: SeriesStart): string {
  const day = formatDay(dateOfStart(start));
  return 'hour' in start ? `${day}, ${formatTime(start)}` : day;
}
