import { formatRule, parseRule, RecurrenceError, type RecurrenceRule } from '@daywatch/recurrence';
import { formatSchedule } from '../occurrence/occurrence.ts';
import { escapeUnprintable } from '../text.ts';
import { parseTime } from '../time/parse-time.ts';
import { dateToUtcMs, parsePlainDate } from '../time/plain-date.ts';
import type { TimeZoneId } from '../time/time-zone.ts';
import { resolveWallTime, toWallTime, wallTimeToLocalMs, type WallTime } from '../time/wall-time.ts';
import type { Violations } from '../violations.ts';
import type { RecurrenceInput } from './event-input.ts';
import type { Recurrence, Schedule } from './event.ts';

/** How many EXDATEs and how many RDATEs an event may have. */
const MAX_DATES = 5_000;

/** Where the dates of a recurrence are read: when and where the event begins. */
interface DateHome {
  readonly schedule: Schedule;
  readonly zone: TimeZoneId;
}

/**
 * Reads how an event repeats. What is absent stays as in `current`; null clears, the recurrence as a whole
 * or a member of it. Answers undefined where it has added a violation. Whether the parts go together is
 * found when its occurrences are planned.
 */
export function parseRecurrence(
  given: RecurrenceInput | null | undefined,
  current: Recurrence | null,
  home: DateHome,
  violations: Violations,
): Recurrence | null | undefined {
  if (given === undefined) return current;
  if (given === null) return null;
  const rrule = parseRrule(given.rrule, current?.rrule, home, violations);
  const exdates = parseDates('exdates', given.exdates, current?.exdates, home, violations);
  const rdates = parseDates('rdates', given.rdates, current?.rdates, home, violations);
  if (rrule === undefined || exdates === undefined || rdates === undefined) return undefined;
  if (rrule === '' && rdates.length === 0) {
    return violations.add(
      'recurrence',
      'has neither rrule nor rdates; allowed is at least one of them, or null for an event that does not repeat',
    );
  }
  return { rrule, exdates, rdates };
}

function parseRrule(
  given: string | null | undefined,
  current: string | undefined,
  home: DateHome,
  violations: Violations,
): string | undefined {
  if (given === undefined) return current ?? '';
  if (given === null || given === '') return '';
  try {
    const rule = parseRule(given);
    return endsBeforeStart(rule, home.schedule)
      ? violations.add('recurrence.rrule', describeEarlyEnd(rule, home))
      : formatRule(rule);
  } catch (error) {
    if (!(error instanceof RecurrenceError)) throw error;
    // The message quotes what it could not read.
    return violations.add('recurrence.rrule', escapeUnprintable(error.message));
  }
}

/** A rule that ends before the event begins makes nothing: surely a slip. UNTIL of another kind is told later. */
function endsBeforeStart({ bound }: RecurrenceRule, schedule: Schedule): boolean {
  if (bound.kind !== 'until') return false;
  const untilMs = bound.until.seconds * 1000;
  switch (schedule.kind) {
    case 'timed':
      return bound.until.kind === 'utc' && untilMs < schedule.start;
    case 'all-day':
      return bound.until.kind === 'date' && untilMs < dateToUtcMs(schedule.start);
    default:
      return schedule satisfies never;
  }
}

function describeEarlyEnd(rule: RecurrenceRule, { schedule, zone }: DateHome): string {
  const until = /UNTIL=[^;]*/.exec(formatRule(rule))?.[0];
  return `${until} is before the start '${formatSchedule(schedule, zone).start}'; allowed is the start or later`;
}

function parseDates(
  member: 'exdates' | 'rdates',
  given: readonly string[] | null | undefined,
  current: readonly WallTime[] | undefined,
  home: DateHome,
  violations: Violations,
): readonly WallTime[] | undefined {
  if (given === undefined) return current ?? [];
  if (given === null) return [];
  const field = `recurrence.${member}`;
  if (given.length > MAX_DATES) {
    return violations.add(field, `has ${given.length} dates; allowed are 0 to ${MAX_DATES}`);
  }
  const read = given.map((text, i) => violations.read(`${field}[${i}]`, () => parseWallTime(text, home)));
  return read.includes(undefined) ? undefined : sortWallTimes(read as WallTime[], home.zone);
}

function parseWallTime(text: string, { schedule, zone }: DateHome): WallTime {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text);
  if (schedule.kind === 'all-day') {
    if (/^\d{4}-\d{2}-\d{2}T/i.test(text)) {
      throw new RangeError(
        `'${text.slice(0, 60)}' is a time; allowed is a date such as ${text.slice(0, 10)}, since all_day is true`,
      );
    }
    return parsePlainDate(text) as string as WallTime;
  }
  if (isDate) {
    throw new RangeError(`'${text}' is a date; allowed is a time such as ${text}T10:00:00`);
  }
  return toWallTime(zone, parseTime(text, zone));
}

/** In order, none twice. */
export function sortWallTimes(walls: readonly WallTime[], zone: TimeZoneId): readonly WallTime[] {
  const byTime = new Map(
    walls.map((wall) => [wall.includes('T') ? resolveWallTime(zone, wall) : wallTimeToLocalMs(wall), wall]),
  );
  return [...byTime].toSorted(([a], [b]) => a - b).map(([, wall]) => wall);
}
