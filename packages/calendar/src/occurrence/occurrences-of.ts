import { expand, type StepBudget } from '@daywatch/recurrence';
import type { EventDraft } from '../event/event.ts';
import { MAX_INSTANT, toInstant, type Instant } from '../time/instant.ts';
import { startOfDay, startOfLocalDay } from '../time/local-time.ts';
import { dateToUtcMs, DAY_MS, utcMsToDate } from '../time/plain-date.ts';
import { spanOf, type OccurrenceSpan } from './occurrence.ts';
import { seriesOf, toTemporal, type EventTiming } from './series-of.ts';

/** Original starts in `[from, to)`; a missing end is open. */
export interface StartWindow {
  readonly from?: Instant;
  readonly to?: Instant;
}

/** A day has at most so many milliseconds more than 24 hours, whatever the zone does on it. */
const LONGEST_DAY_EXTRA_MS = DAY_MS;

/**
 * The event's occurrences whose original start lies in the window, in order, one by one. All have the
 * event's exact length (RFC 5545 section 3.8.5.3), or its number of days. An all-day occurrence that the zone
 * skips as a whole (Apia's 30 December 2011) does not take place, nor does what would end after the year 9999.
 * @throws RecurrenceError `budget_exceeded`
 */
export function* occurrencesOf(
  event: EventTiming,
  { from, to }: StartWindow,
  budget?: StepBudget,
): Generator<OccurrenceSpan, void, undefined> {
  const { schedule, timeZone } = event;
  if (event.recurrence === null) {
    const span = spanOf(schedule, timeZone);
    if (span.start >= (from ?? -Infinity) && span.start < (to ?? Infinity)) yield span;
    return;
  }
  const window = {
    ...(from !== undefined && { from: toTemporal(from) }),
    ...(to !== undefined && { to: toTemporal(to) }),
  };
  const lengthMs = nominalLengthMs(event);
  const isTimed = schedule.kind === 'timed';
  for (const occurrence of expand(seriesOf(event), window, budget)) {
    // The text of a recurrence id is made when it is asked for, and costs more than all the rest.
    const start = toInstant(occurrence.startMs);
    const span = isTimed
      ? { recurrenceId: start, start, end: toInstant(start + lengthMs) }
      : spanOfDays(event, Date.parse(occurrence.recurrenceId), lengthMs);
    if (span.end <= MAX_INSTANT && span.start < span.end) yield span;
  }
}

/**
 * What names the occurrences in the window, without working out when they end: those of a recurring event,
 * also of dates that the zone skips.
 * @throws RecurrenceError `budget_exceeded`
 */
export function* recurrenceIdsOf(
  event: EventTiming,
  { from, to }: StartWindow,
  budget?: StepBudget,
): Generator<Instant, void, undefined> {
  const isTimed = event.schedule.kind === 'timed';
  const window = {
    ...(from !== undefined && { from: toTemporal(from) }),
    ...(to !== undefined && { to: toTemporal(to) }),
  };
  for (const occurrence of expand(seriesOf(event), window, budget)) {
    yield toInstant(isTimed ? occurrence.startMs : Date.parse(occurrence.recurrenceId));
  }
}

/** The occurrence of that recurrence id, without what was changed of it; undefined where there is none. */
export function findOccurrence(
  event: EventTiming,
  recurrenceId: Instant,
  budget?: StepBudget,
): OccurrenceSpan | undefined {
  const start =
    event.schedule.kind === 'timed' ? recurrenceId : startOfDay(event.timeZone, utcMsToDate(recurrenceId));
  // Two dates may begin at one instant, where the zone skips a day: the second has the time.
  const window = { from: start, to: toInstant(start + 1000) };
  return occurrencesOf(event, window, budget).find((span) => span.recurrenceId === recurrenceId);
}

/**
 * The occurrences in the window but for those that were forgotten.
 * @param forgottenBefore recurrence ids before this are; undefined: none.
 * @throws RecurrenceError `budget_exceeded`
 */
export function* unforgottenOf(
  event: EventTiming,
  forgottenBefore: Instant | undefined,
  window: StartWindow,
  budget?: StepBudget,
): Generator<OccurrenceSpan, void, undefined> {
  if (forgottenBefore === undefined) {
    yield* occurrencesOf(event, window, budget);
    return;
  }
  // A date is named by its midnight in UTC, and begins within two days of it.
  const earliest = forgottenBefore - (event.schedule.kind === 'timed' ? 0 : 2 * DAY_MS);
  const from = toInstant(Math.max(window.from ?? -Infinity, earliest));
  for (const span of occurrencesOf(event, { ...window, from }, budget)) {
    if (span.recurrenceId >= forgottenBefore) yield span;
  }
}

/** The event's first occurrence that is neither left out nor forgotten. */
export function firstOccurrence(
  event: EventTiming & Pick<EventDraft, 'materialisedFrom'>,
): OccurrenceSpan | undefined {
  return unforgottenOf(event, event.materialisedFrom, {}).next().value ?? undefined;
}

/** What overlaps a period began later than this before it. */
export function longestMs(event: EventTiming): number {
  const extraMs = event.schedule.kind === 'timed' ? 0 : LONGEST_DAY_EXTRA_MS;
  return nominalLengthMs(event) + extraMs;
}

function nominalLengthMs({ schedule }: EventTiming): number {
  return schedule.kind === 'timed'
    ? schedule.end - schedule.start
    : dateToUtcMs(schedule.end) - dateToUtcMs(schedule.start);
}

function spanOfDays({ timeZone }: EventTiming, dateMs: number, lengthMs: number): OccurrenceSpan {
  return {
    recurrenceId: toInstant(dateMs),
    start: startOfLocalDay(timeZone, dateMs),
    end: startOfLocalDay(timeZone, dateMs + lengthMs),
  };
}
