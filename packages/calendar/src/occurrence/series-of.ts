import {
  createSeries,
  isBounded,
  parseRule,
  type DateValue,
  type RecurrenceSeries,
} from '@daywatch/recurrence';
import { Temporal } from 'temporal-polyfill';
import type { EventContent } from '../event/event.ts';
import type { Instant } from '../time/instant.ts';
import { resolveWallTime, type WallTime } from '../time/wall-time.ts';

/** What says when an event takes place. */
export type EventTiming = Pick<EventContent, 'schedule' | 'timeZone' | 'recurrence'>;

/** Series with more dates than this are not kept: their texts are long. */
const MAX_KEPT_DATES = 100;
const MAX_KEPT = 2_000;

const kept = new Map<string, RecurrenceSeries>();

/**
 * The event's DTSTART with its rule and dates. Listings ask for the same few again and again, so they are
 * kept by what they are made of, so many at most.
 * @throws RecurrenceError where the parts do not go together.
 */
export function seriesOf(event: EventTiming): RecurrenceSeries {
  const { schedule, timeZone, recurrence } = event;
  const dateCount = (recurrence?.exdates.length ?? 0) + (recurrence?.rdates.length ?? 0);
  if (dateCount > MAX_KEPT_DATES) return makeSeries(event);
  const key = [schedule.start, timeZone, recurrence?.rrule, recurrence?.exdates, recurrence?.rdates].join(
    '|',
  );
  const known = kept.get(key);
  if (known) return known;
  const series = makeSeries(event);
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(key, series);
  return series;
}

/** Whether the event repeats without end, so that not all of its occurrences can be rows. */
export function isEndless(event: EventTiming): boolean {
  return event.recurrence !== null && event.recurrence.rrule !== '' && !isBounded(seriesOf(event));
}

function makeSeries({ schedule, timeZone, recurrence }: EventTiming): RecurrenceSeries {
  const toDate = (wall: WallTime): DateValue =>
    schedule.kind === 'all-day' ? Temporal.PlainDate.from(wall) : toTemporal(resolveWallTime(timeZone, wall));
  return createSeries({
    dtstart:
      schedule.kind === 'all-day'
        ? Temporal.PlainDate.from(schedule.start)
        : toTemporal(schedule.start).toZonedDateTimeISO(timeZone),
    timeZone,
    ...(recurrence?.rrule && { rule: parseRule(recurrence.rrule) }),
    exdates: (recurrence?.exdates ?? []).map((wall) => toDate(wall)),
    rdates: (recurrence?.rdates ?? []).map((wall) => toDate(wall)),
  });
}

export function toTemporal(instant: Instant): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(instant);
}
