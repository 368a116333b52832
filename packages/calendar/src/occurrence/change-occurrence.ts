import { ErrInvalidEvent } from '../errors.ts';
import { applyPatch, replan, type Present } from '../event/change-event.ts';
import type { EventInput } from '../event/event-input.ts';
import type { EventChange } from '../event/event-store.ts';
import { sameSchedule, type Event, type Schedule } from '../event/event.ts';
import { parseEventPatch } from '../event/parse-event.ts';
import { parseTimeZone } from '../time/time-zone.ts';
import { Violations } from '../violations.ts';
import type { OccurrenceSpan } from './occurrence.ts';
import {
  contentOfOccurrence,
  diffOccurrence,
  originalSchedule,
  type OccurrenceChanges,
  type OccurrenceOverride,
} from './override.ts';

export interface ChangedOccurrence {
  readonly span: OccurrenceSpan;
  /** What tells the occurrence from its series now. */
  readonly changes: OccurrenceChanges | undefined;
  /** Undefined where the patch changes nothing. */
  readonly change: EventChange;
}

/**
 * Applies a merge patch to one occurrence; null takes the series' value again. Of an event that does not
 * repeat it changes the event.
 * @throws ErrInvalidEvent
 */
export function changeOccurrence(
  current: Event,
  overrides: readonly OccurrenceOverride[],
  span: OccurrenceSpan,
  patch: EventInput,
  present: Present,
): ChangedOccurrence {
  refuseSeriesFields(patch, current);
  if (!current.recurrence) {
    const { all_day: _, time_zone: __, recurrence: ___, ...fields } = patch;
    const applied = applyPatch(current, overrides, fields, current.timeZone, present);
    return { span, changes: undefined, change: applied?.planned };
  }
  const before = overrides.find(({ recurrenceId }) => recurrenceId === span.recurrenceId)?.changes;
  const content = patchOccurrence(current, span, before, patch);
  const changes = diffOccurrence(current, span, content);
  if (sameChanges(before, changes)) return { span, changes, change: undefined };
  const others = overrides.filter(({ recurrenceId }) => recurrenceId !== span.recurrenceId);
  const next = changes ? [...others, { recurrenceId: span.recurrenceId, changes }] : others;
  const isMoved = !sameSchedules(before?.schedule, changes?.schedule);
  const event = { ...current, sequence: current.sequence + (isMoved ? 1 : 0), updatedAt: present.now };
  return { span, changes, change: replan(current, event, next, present) };
}

/** What makes one series of all occurrences cannot be changed of one. Sending it back as it is, or as null, is. */
function refuseSeriesFields(patch: EventInput, current: Event): void {
  const violations = new Violations();
  const allowed = 'allowed is changing it for this and the following occurrences, or for the whole series';
  if (patch.all_day != null && patch.all_day !== (current.schedule.kind === 'all-day')) {
    violations.add('all_day', `cannot be changed to ${patch.all_day} for one occurrence; ${allowed}`);
  }
  const zone =
    patch.time_zone == null
      ? current.timeZone
      : violations.read('time_zone', () => parseTimeZone(patch.time_zone as string));
  if (zone !== undefined && zone !== current.timeZone) {
    violations.add('time_zone', `cannot be changed to '${zone}' for one occurrence; ${allowed}`);
  }
  if (patch.recurrence != null) {
    violations.add('recurrence', `cannot be changed for one occurrence; ${allowed}`);
  }
  violations.throwIfAny((found) => new ErrInvalidEvent(found));
}

function patchOccurrence(
  current: Event,
  span: OccurrenceSpan,
  before: OccurrenceChanges | undefined,
  patch: EventInput,
): Event {
  const { all_day: _, time_zone: __, recurrence: ___, ...fields } = patch;
  const effective = contentOfOccurrence(current, span, before);
  const original = contentOfOccurrence(current, span, undefined);
  // What null clears is taken from the series, and is then no part of the patch.
  const base: Event = {
    ...effective,
    ...(fields.title === null && { title: original.title }),
    ...(fields.description === null && { description: original.description }),
    ...(fields.location === null && { location: original.location }),
    ...(fields.notify_before === null && { notifyBefore: original.notifyBefore }),
    ...(fields.busy === null && { busy: original.busy }),
    schedule: clearTimes(effective.schedule, originalSchedule(current, span), fields),
  };
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
  return { ...base, ...parseEventPatch(given, base, current.timeZone) };
}

function clearTimes(effective: Schedule, original: Schedule, { start, end, duration }: EventInput): Schedule {
  const clearsEnd = end === null || (duration === null && end === undefined);
  return {
    ...effective,
    ...(start === null && { start: original.start }),
    ...(clearsEnd && { end: original.end }),
  } as Schedule;
}

function sameSchedules(a: Schedule | undefined, b: Schedule | undefined): boolean {
  return a && b ? sameSchedule(a, b) : a === b;
}

function sameChanges(a: OccurrenceChanges | undefined, b: OccurrenceChanges | undefined): boolean {
  return (
    a?.title === b?.title &&
    a?.description === b?.description &&
    a?.location === b?.location &&
    a?.notifyBefore?.join() === b?.notifyBefore?.join() &&
    a?.busy === b?.busy &&
    sameSchedules(a?.schedule, b?.schedule)
  );
}
