import { UsageError } from '../failure.ts';
import { splitRepeat, type RepeatOptions } from '../repeat/repeat-options.ts';
import { planSeries, type PlannedSeries } from '../repeat/plan-series.ts';
import type { Session } from '../session.ts';
import { quoteShell } from '../text/quote-shell.ts';
import { sanitizeLine } from '../text/sanitize.ts';
import { parseSpan } from '../time/parse-when.ts';
import { UnclearTime } from '../time/unclear-time.ts';
import { planTimes, type PlannedTimes } from './plan-times.ts';

/** What was typed about when a new event is. */
export interface TypedNewTimes extends RepeatOptions {
  readonly for?: string;
  readonly allDay?: boolean;
  readonly except?: readonly string[];
}

/** When a new event is, and how it repeats where it does. */
export interface PlannedNewTimes {
  readonly times: PlannedTimes;
  readonly series: PlannedSeries | undefined;
}

/** @throws UnclearTime, UsageError */
export function planNewTimes(
  session: Session,
  title: string,
  when: readonly string[],
  options: TypedNewTimes,
): PlannedNewTimes {
  const { repeat, until } = splitRepeat(options, false);
  const times = planOrSuggestQuotes(session, title, when, { ...options, until });
  const series = planSeries({ ...repeat, except: options.except }, times, session.now);
  return { times: series?.times ?? times, series };
}

/** A title of several words that was not quoted runs into the time: find where the time begins. */
function planOrSuggestQuotes(
  session: Session,
  title: string,
  words: readonly string[],
  options: { readonly for?: string; readonly until?: string | undefined; readonly allDay?: boolean },
): PlannedTimes {
  const context = { now: session.now };
  try {
    return planTimes(
      { when: words.join(' '), for: options.for, until: options.until, allDay: options.allDay },
      context,
    );
  } catch (error) {
    if (!(error instanceof UnclearTime) || !error.isForeignWord || error.text !== words.join(' '))
      throw error;
    const split = words.findIndex((_, i) => i > 0 && isUnderstood(words.slice(i).join(' '), session));
    if (split < 0) throw error;
    const whole = [title, ...words.slice(0, split)].join(' ');
    throw new UsageError(
      sanitizeLine(error.reason),
      'A title of several words needs quotes:',
      sanitizeLine(`  calendar_client add ${quoteShell(whole)} ${words.slice(split).join(' ')}`),
    );
  }
}

function isUnderstood(when: string, session: Session): boolean {
  try {
    parseSpan(when, { now: session.now });
    return true;
  } catch {
    return false;
  }
}
