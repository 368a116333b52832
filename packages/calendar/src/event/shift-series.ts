import { formatRule, parseRule, RecurrenceError, StepBudget, type Until } from '@daywatch/recurrence';
import { findOccurrence } from '../occurrence/occurrences-of.ts';
import type { OccurrenceChanges, OccurrenceOverride } from '../occurrence/override.ts';
import { idOf, wallTimeOf } from '../occurrence/original-start.ts';
import type { EventTiming } from '../occurrence/series-of.ts';
import { toInstant, type Instant } from '../time/instant.ts';
import { toLocalMs } from '../time/local-time.ts';
import { dateToUtcMs, DAY_MS, utcMsToDate } from '../time/plain-date.ts';
import {
  dateToWallTime,
  localToWallTime,
  resolveForward,
  resolveWallTime,
  toWallTime,
  wallTimeToLocalMs,
  type WallTime,
} from '../time/wall-time.ts';
import type { Recurrence, Schedule } from './event.ts';
import { sortWallTimes } from './parse-recurrence.ts';

/** When a series begins and where; how its dates are read. */
type Home = Pick<EventTiming, 'schedule' | 'timeZone'>;

/** How many steps it may take to find out which overrides a changed series keeps. */
const CARRY_STEPS = 2_000_000;

/**
 * A recurrence that moves with its DTSTART: EXDATEs, RDATEs and UNTIL are shifted on the wall clock by as
 * much as it is. A series moved from 9:00 to 10:00 thus keeps out what was left out, and ends where it did.
 */
export function shiftRecurrence(before: EventTiming, after: Home): Recurrence | null {
  const { recurrence } = before;
  if (recurrence === null || sameHome(before, after)) return recurrence;
  const shift = wallClockShift(before, after);
  const move = (walls: readonly WallTime[]): readonly WallTime[] =>
    sortWallTimes(
      walls.map((wall) => shift(wall)),
      after.timeZone,
    );
  return {
    rrule: shiftUntil(recurrence.rrule, before, after, shift),
    exdates: move(recurrence.exdates),
    rdates: move(recurrence.rdates),
  };
}

/** What becomes of the changed occurrences of a series that has changed. */
export interface CarriedOverrides {
  readonly kept: readonly OccurrenceOverride[];
  /** Those that the new series has no occurrence for, by their old recurrence ids. */
  readonly dropped: readonly Instant[];
}

/**
 * Finds for each changed occurrence the one that it is in the changed series: the one whose original start is
 * shifted by as much as DTSTART was. A time of its own keeps its hour and moves by as many days as DTSTART.
 */
export function carryOverrides(
  before: EventTiming,
  after: EventTiming,
  overrides: readonly OccurrenceOverride[],
): CarriedOverrides {
  if (overrides.length === 0) return { kept: [], dropped: [] };
  const shift = wallClockShift(before, after);
  const budget = new StepBudget(CARRY_STEPS);
  const kept: OccurrenceOverride[] = [];
  const dropped: Instant[] = [];
  for (const { recurrenceId, changes } of overrides) {
    const target = after.recurrence && idOf(after, shift(wallTimeOf(before, recurrenceId)));
    const carried = carryChanges(before, after, changes);
    if (target !== null && carried && find(after, target, budget)) {
      kept.push({ recurrenceId: target, changes: carried });
    } else {
      dropped.push(recurrenceId);
    }
  }
  return { kept, dropped };
}

function sameHome(a: Home, b: Home): boolean {
  return (
    a.timeZone === b.timeZone && a.schedule.kind === b.schedule.kind && a.schedule.start === b.schedule.start
  );
}

/** Moves wall-clock times as DTSTART moved: between zones, and between times and dates, too. */
function wallClockShift(before: Home, after: Home): (wall: WallTime) => WallTime {
  if (sameHome(before, after)) return (wall) => wall;
  const shiftMs = localStartMs(after) - localStartMs(before);
  return (wall) => {
    const localMs = wallTimeToLocalMs(wall) + shiftMs;
    return after.schedule.kind === 'all-day' ? dateToWallTime(localMs) : localToWallTime(localMs);
  };
}

function localStartMs({ schedule, timeZone }: Home): number {
  return schedule.kind === 'all-day' ? dateToUtcMs(schedule.start) : toLocalMs(timeZone, schedule.start);
}

/** UNTIL is UTC for times (RFC 5545 section 3.3.10); what it means is on the wall clock all the same. */
function shiftUntil(rrule: string, before: Home, after: Home, shift: (wall: WallTime) => WallTime): string {
  if (!rrule.includes('UNTIL=')) return rrule;
  const rule = parseRule(rrule);
  if (rule.bound.kind !== 'until') return rrule;
  const { kind, seconds } = rule.bound.until;
  const wall =
    kind === 'date' ? dateToWallTime(seconds * 1000) : toWallTime(before.timeZone, toInstant(seconds * 1000));
  const moved = shift(wall);
  const until: Until =
    after.schedule.kind === 'all-day'
      ? { kind: 'date', seconds: wallTimeToLocalMs(moved) / 1000 }
      : { kind: 'utc', seconds: resolveWallTime(after.timeZone, moved) / 1000 };
  return formatRule({ ...rule, bound: { kind: 'until', until } });
}

/** Undefined where nothing of the changes can be kept: a time of its own needs the same kind of event. */
function carryChanges(before: Home, after: Home, changes: OccurrenceChanges): OccurrenceChanges | undefined {
  const { schedule } = changes;
  if (!schedule) return changes;
  if (schedule.kind !== after.schedule.kind) return undefined;
  const days = daysMoved(before, after);
  return days === 0 ? changes : { ...changes, schedule: moveDays(schedule, after, days) };
}

/** By how many dates DTSTART moved, as clocks in its new zone show it. */
function daysMoved(before: Home, after: Home): number {
  const dayOf = (schedule: Schedule): number =>
    Math.floor(localStartMs({ schedule, timeZone: after.timeZone }) / DAY_MS);
  return dayOf(after.schedule) - dayOf(before.schedule);
}

function moveDays(schedule: Schedule, { timeZone }: Home, days: number): Schedule {
  if (schedule.kind === 'all-day') {
    return {
      kind: 'all-day',
      start: utcMsToDate(dateToUtcMs(schedule.start) + days * DAY_MS),
      end: utcMsToDate(dateToUtcMs(schedule.end) + days * DAY_MS),
    };
  }
  const start = resolveForward(timeZone, toLocalMs(timeZone, schedule.start) + days * DAY_MS);
  return { kind: 'timed', start, end: toInstant(start + schedule.end - schedule.start) };
}

function find(event: EventTiming, recurrenceId: Instant, budget: StepBudget): boolean {
  try {
    return findOccurrence(event, recurrenceId, budget) !== undefined;
  } catch (error) {
    // What does not go together is told when the series is planned.
    if (error instanceof RecurrenceError) return false;
    throw error;
  }
}
