import { createSeries, expand, parseRule } from '@daywatch/recurrence';
import { Temporal } from 'temporal-polyfill';
import { toInstant, type Instant } from '../time/instant.ts';
import { resolveLocal, toLocalMs } from '../time/local-time.ts';
import { DAY_MS } from '../time/plain-date.ts';
import {
  dateToWallTime,
  localToWallTime,
  resolveWallTime,
  toWallTime,
  wallTimeToLocalMs,
  type WallTime,
} from '../time/wall-time.ts';
import { offsetAt } from '../time/zone-offsets.ts';
import type { EventTiming } from './series-of.ts';
import { toTemporal } from './series-of.ts';

/**
 * The wall-clock time at which the series has an occurrence. Where a clock change moved the occurrence it
 * is the time that the rule says (2:30, though clocks showed 3:30): that is what stays when the series or
 * the zone's rules change.
 */
export function wallTimeOf(event: EventTiming, recurrenceId: Instant): WallTime {
  if (event.schedule.kind === 'all-day') return dateToWallTime(recurrenceId);
  const { timeZone } = event;
  const removedMs = recurrenceId + offsetAt(timeZone, toInstant(recurrenceId - DAY_MS));
  const isMoved =
    resolveLocal(timeZone, removedMs).kind === 'gap' &&
    localToWallTime(removedMs) !== toWallTime(timeZone, recurrenceId) &&
    ruleSays(event, removedMs);
  return isMoved ? localToWallTime(removedMs) : toWallTime(timeZone, recurrenceId);
}

/** The recurrence id of the occurrence that the series has at a wall-clock time. */
export function idOf(
  { schedule, timeZone }: Pick<EventTiming, 'schedule' | 'timeZone'>,
  wall: WallTime,
): Instant {
  return schedule.kind === 'all-day' ? toInstant(wallTimeToLocalMs(wall)) : resolveWallTime(timeZone, wall);
}

/** Whether the rule makes that wall-clock time: asked in UTC, where none is removed. */
function ruleSays({ schedule, timeZone, recurrence }: EventTiming, localMs: number): boolean {
  if (!recurrence?.rrule || schedule.kind === 'all-day') return false;
  const dtstart = Temporal.Instant.fromEpochMilliseconds(toLocalMs(timeZone, schedule.start));
  const series = createSeries({
    dtstart: dtstart.toZonedDateTimeISO('UTC'),
    rule: { ...parseRule(recurrence.rrule), bound: { kind: 'never' } },
  });
  const window = { from: toTemporal(toInstant(localMs)), to: toTemporal(toInstant(localMs + 1000)) };
  return expand(series, window).next().done !== true;
}
