import { formatDuration, parseDuration, type Duration } from '../time/duration.ts';
import type { Violations } from '../violations.ts';

/** How many reminders an event may have. */
const MAX_REMINDERS = 20;

/** The longest time before the start at which a reminder may be due. */
const MAX_DAYS = 366;

const DAY_SECONDS = 86_400;

/**
 * Reads `notify_before`: ISO 8601 durations before the start, answered canonical, the longest first,
 * none twice.
 */
export function parseNotifyBefore(
  given: readonly string[] | null | undefined,
  current: readonly string[] | undefined,
  violations: Violations,
): readonly string[] | undefined {
  if (given === undefined) return current ?? [];
  if (given === null) return [];
  if (given.length > MAX_REMINDERS) {
    return violations.add(
      'notify_before',
      `has ${given.length} reminders; allowed are 0 to ${MAX_REMINDERS}`,
    );
  }
  const durations = given.map((text, i) => violations.read(`notify_before[${i}]`, () => parseReminder(text)));
  if (durations.includes(undefined)) return undefined;
  const sorted = (durations as Duration[]).toSorted(
    (a, b) => lengthSeconds(b) - lengthSeconds(a) || b.days - a.days,
  );
  return [...new Set(sorted.map(formatDuration))];
}

function parseReminder(text: string): Duration {
  const duration = parseDuration(text);
  if (lengthSeconds(duration) > MAX_DAYS * DAY_SECONDS) {
    throw new RangeError(`'${text}' is too long; allowed are PT0S to P${MAX_DAYS}D`);
  }
  return duration;
}

function lengthSeconds({ days, seconds }: Duration): number {
  return days * DAY_SECONDS + seconds;
}
