import type { Schedule } from '../event/event.ts';
import { toInstant, type Instant } from '../time/instant.ts';
import { dateToUtcMs, DAY_MS } from '../time/plain-date.ts';

/**
 * The recurrence ids before which a series' occurrences are over at an instant, unless they were moved. Wherever
 * its zone is, a day ends less than a day after it ends in UTC.
 */
export function overBefore(schedule: Schedule, instant: Instant): Instant {
  switch (schedule.kind) {
    case 'timed':
      return toInstant(instant - (schedule.end - schedule.start));
    case 'all-day':
      return toInstant(instant - (dateToUtcMs(schedule.end) - dateToUtcMs(schedule.start)) - DAY_MS);
    default:
      return schedule satisfies never;
  }
}
