import type { StepBudget } from '@daywatch/recurrence';
import type { EventDraft } from '../event/event.ts';
import { MAX_INSTANT, toInstant, type Instant } from '../time/instant.ts';
import { DAY_MS } from '../time/plain-date.ts';
import { HORIZON_MS } from './horizon.ts';
import { spanOf, type OccurrenceSpan } from './occurrence.ts';
import { occurrencesOf, unforgottenOf } from './occurrences-of.ts';
import { isEndless, type EventTiming } from './series-of.ts';
import { isFarTooLong, MAX_OCCURRENCES, tooManyRows } from './too-many-rows.ts';

/** How far back the past of a series is looked for at first; then twice as far, and so on. */
const FIRST_LOOK_MS = 365 * DAY_MS;

/** What is known of the series whose rows are planned. */
export type Acceptance =
  /** Its owner says the rule now: a bounded one must fit in as a whole. */
  | 'new'
  /** The rule stands as it was accepted: what does not fit in any more is worked out when it is asked for. */
  | 'accepted'
  /** None of its times change: its rows stay, however many they have become. */
  | 'stored';

/** Which occurrences of an event are rows. */
export interface PlannedRows {
  readonly spans: readonly OccurrenceSpan[];
  /** What begins before this by its rule is no row, and forgotten; undefined: nothing is. */
  readonly from: Instant | undefined;
  /** What starts from here on is no row, and worked out when it is asked for; undefined: all are rows. */
  readonly until: Instant | undefined;
}

/**
 * Finds which occurrences are to be rows: all of a bounded series, those before the horizon of an endless one;
 * of a past with more than MAX_OCCURRENCES the last of them.
 * @throws ErrInvalidEvent where they are too many, RecurrenceError `budget_exceeded`.
 */
export function planRows(
  event: EventDraft,
  horizon: Instant,
  acceptance: Acceptance,
  budget: StepBudget,
): PlannedRows {
  const from = forgottenBefore(event);
  const keepsOpen = acceptance === 'stored' && event.materialisedUntil !== undefined;
  if (!isEndless(event) && !keepsOpen) {
    if (acceptance === 'new' && from === undefined && isFarTooLong(event)) throw tooManyRows(event);
    const most = acceptance === 'stored' ? Infinity : MAX_OCCURRENCES;
    const spans = [...unforgottenOf(event, from, {}, budget).take(most + 1)];
    if (spans.length <= most) return { spans, from, until: undefined };
    if (acceptance === 'new') throw tooManyRows(event);
  }
  if (acceptance === 'stored') {
    const spans = [...unforgottenOf(event, from, { to: horizon }, budget)];
    return { spans, from, until: endOfRows(event, horizon, budget) };
  }
  const present = toInstant(horizon - HORIZON_MS);
  const window = { from: present, to: horizon };
  const ahead = [...unforgottenOf(event, from, window, budget).take(MAX_OCCURRENCES + 1)];
  if (ahead.length > MAX_OCCURRENCES) throw tooManyRows(event, { ...window, areNext: true });
  if (acceptance === 'new') refuseDensity(event, horizon, budget);
  const past = lastBefore(event, present, from, budget);
  return { spans: [...past.spans, ...ahead], from: past.from, until: endOfRows(event, horizon, budget) };
}

/** The horizon, unless the series ends before it: then all of it is rows. */
export function endOfRows(event: EventTiming, horizon: Instant, budget: StepBudget): Instant | undefined {
  if (isEndless(event)) return horizon;
  return occurrencesOf(event, { from: horizon }, budget).next().done ? undefined : horizon;
}

/** What was forgotten of the event; one that begins later than that has forgotten nothing. */
function forgottenBefore({ materialisedFrom, schedule, timeZone }: EventDraft): Instant | undefined {
  if (materialisedFrom === undefined) return undefined;
  return materialisedFrom > spanOf(schedule, timeZone).recurrenceId ? materialisedFrom : undefined;
}

/** A rule may come to its many occurrences years after the horizon, such as the seconds of 29 February. */
function refuseDensity(event: EventDraft, horizon: Instant, budget: StepBudget): void {
  const { value: first } = occurrencesOf(event, { from: horizon }, budget).next();
  if (!first) return;
  const window = { from: first.start, to: toInstant(Math.min(first.start + HORIZON_MS, MAX_INSTANT)) };
  const isDense = occurrencesOf(event, window, budget).drop(MAX_OCCURRENCES).next().done !== true;
  if (isDense) throw tooManyRows(event, { ...window, areNext: false });
}

/** The last occurrences before the present, at most MAX_OCCURRENCES, looked for from the present backwards. */
function lastBefore(
  event: EventTiming,
  present: Instant,
  from: Instant | undefined,
  budget: StepBudget,
): Pick<PlannedRows, 'spans' | 'from'> {
  const { start } = spanOf(event.schedule, event.timeZone);
  for (let lookMs = FIRST_LOOK_MS; ; lookMs *= 2) {
    const begin = toInstant(present - lookMs);
    const isAll = begin <= start || (from !== undefined && begin <= from);
    const window = isAll ? { to: present } : { from: begin, to: present };
    const spans = [...unforgottenOf(event, from, window, budget)];
    if (spans.length > MAX_OCCURRENCES) {
      const kept = spans.slice(-MAX_OCCURRENCES);
      return { spans: kept, from: kept[0]?.recurrenceId };
    }
    if (isAll) return { spans, from };
  }
}
