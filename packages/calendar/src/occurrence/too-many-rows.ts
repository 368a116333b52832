import { countUpTo, RecurrenceError, type TimeWindow } from '@daywatch/recurrence';
import { ErrInvalidEvent } from '../errors.ts';
import { formatUtc, type Instant } from '../time/instant.ts';
import { isEndless, seriesOf, toTemporal, type EventTiming } from './series-of.ts';

/** How many occurrences of one event may be rows: before the present, and from it on. */
export const MAX_OCCURRENCES = 5_000;

/** What it may take to tell how many there are; where it takes more, the limit is named alone. */
const COUNT_STEPS = 50_000;

/** Two years of a series that has too many occurrences in them. */
export interface DenseYears {
  readonly from: Instant;
  readonly to: Instant;
  /** Whether they are those that begin now, and need not be named. */
  readonly areNext: boolean;
}

/** The refusal of a series with more occurrences than may be rows: in all, or in two years. */
export function tooManyRows(event: EventTiming, years?: DenseYears): ErrInvalidEvent {
  const window = years ? { from: toTemporal(years.from), to: toTemporal(years.to) } : {};
  const made = estimate(event, window);
  const howMany = made > MAX_OCCURRENCES ? `about ${made}` : `more than ${MAX_OCCURRENCES}`;
  const description = `makes ${howMany} occurrences${describeYears(event, years)}; allowed are 1 to ${MAX_OCCURRENCES}: give a smaller COUNT, an earlier UNTIL, or a larger INTERVAL`;
  return new ErrInvalidEvent([{ field: 'recurrence.rrule', description }]);
}

/**
 * Whether arithmetic alone tells that a bounded series has too many occurrences, so that they need not be walked
 * through. EXDATEs may each take one away, and two that a clock change puts on one instant are one.
 */
export function isFarTooLong(event: EventTiming): boolean {
  const exdateCount = event.recurrence?.exdates.length ?? 0;
  return estimate(event, {}) > 2 * (MAX_OCCURRENCES + exdateCount);
}

/** How many starts the rule has; 0 where that is not known. */
function estimate(event: EventTiming, window: TimeWindow): number {
  try {
    // The first of them is walked to, the others are counted.
    const count = countUpTo(seriesOf(event), 0, window, COUNT_STEPS);
    return count.kind === 'over' ? count.about : count.count;
  } catch (error) {
    if (error instanceof RecurrenceError && error.code === 'budget_exceeded') return 0;
    throw error;
  }
}

function describeYears(event: EventTiming, years: DenseYears | undefined): string {
  if (!years) return '';
  const when = years.areNext ? 'in two years' : `in the two years from ${formatUtc(years.from)} on`;
  return isEndless(event) ? ` ${when} (it has no end)` : ` ${when}`;
}
