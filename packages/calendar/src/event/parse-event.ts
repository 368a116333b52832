import { RecurrenceError } from '@daywatch/recurrence';
import { ErrInvalidEvent } from '../errors.ts';
import { idOf, wallTimeOf } from '../occurrence/original-start.ts';
import type { EventTiming } from '../occurrence/series-of.ts';
import { parseText, type TextRule } from '../text.ts';
import { abbreviate } from '../time/plain-date.ts';
import { parseTimeZone, type TimeZoneId } from '../time/time-zone.ts';
import { Violations } from '../violations.ts';
import type { EventContent, Recurrence } from './event.ts';
import type { EventInput } from './event-input.ts';
import { parseNotifyBefore } from './parse-notify-before.ts';
import { parseRecurrence } from './parse-recurrence.ts';
import { parseSchedule } from './parse-schedule.ts';
import { shiftRecurrence } from './shift-series.ts';

const TITLE: TextRule = { minLength: 1, maxLength: 200, multiline: false };
const UID: TextRule = { minLength: 1, maxLength: 255, multiline: false };
const LOCATION: TextRule = { minLength: 0, maxLength: 1_000, multiline: false };
const DESCRIPTION: TextRule = { minLength: 0, maxLength: 20_000, multiline: true };

/** What a new event takes where the input names nothing. */
export interface EventDefaults {
  readonly calendarId: EventContent['calendarId'];
  readonly uid: string;
  readonly timeZone: TimeZoneId;
}

/**
 * Reads a new event.
 * @throws ErrInvalidEvent that names every wrong field.
 */
export function parseNewEvent(input: EventInput, defaults: EventDefaults): EventContent {
  const violations = new Violations();
  const uid =
    input.uid == null ? defaults.uid : violations.read('uid', () => parseText(input.uid as string, UID));
  const content = parseContent(input, undefined, defaults.timeZone, violations);
  violations.throwIfAny((found) => new ErrInvalidEvent(found));
  return { ...(content as ParsedContent), calendarId: defaults.calendarId, uid: uid as string };
}

/**
 * Applies a merge patch (RFC 7396) to an event: fields that are present are changed, null clears.
 * @param defaultTimeZone what clearing `time_zone` gives.
 * @throws ErrInvalidEvent that names every wrong field.
 */
export function parseEventPatch(
  patch: EventInput,
  current: EventContent & { readonly id: string },
  defaultTimeZone: TimeZoneId,
): EventContent {
  const violations = new Violations();
  refuseChange(violations, 'id', lowerCase(patch.id), current.id);
  refuseChange(violations, 'calendar_id', lowerCase(patch.calendar_id), current.calendarId);
  refuseChange(violations, 'uid', patch.uid, current.uid);
  const content = parseContent(patch, current, defaultTimeZone, violations);
  violations.throwIfAny((found) => new ErrInvalidEvent(found));
  return { ...(content as ParsedContent), calendarId: current.calendarId, uid: current.uid };
}

type ParsedContent = Omit<EventContent, 'calendarId' | 'uid'>;

/** Reads all that may be changed; answers undefined fields only where it has added a violation. */
function parseContent(
  input: EventInput,
  current: EventContent | undefined,
  defaultTimeZone: TimeZoneId,
  violations: Violations,
): { readonly [K in keyof ParsedContent]: ParsedContent[K] | undefined } {
  const timeZone = parseZone(input.time_zone, current?.timeZone, defaultTimeZone, violations);
  const schedule = timeZone && parseSchedule(input, current?.schedule, timeZone, violations);
  const recurrence =
    schedule &&
    parseRecurrence(
      input.recurrence,
      current ? shiftRecurrence(current, { schedule, timeZone }) : null,
      { schedule, zone: timeZone },
      violations,
    );
  return {
    title: parseTitle(input.title, current?.title, violations),
    schedule,
    timeZone,
    description: parseOptionalText(
      'description',
      input.description,
      current?.description,
      DESCRIPTION,
      violations,
    ),
    location: parseOptionalText('location', input.location, current?.location, LOCATION, violations),
    notifyBefore: parseNotifyBefore(input.notify_before, current?.notifyBefore, violations),
    recurrence: recurrence && schedule ? nameExdates({ schedule, timeZone, recurrence }) : recurrence,
    busy:
      input.busy ?? (input.busy === undefined ? current?.busy : undefined) ?? schedule?.kind !== 'all-day',
  };
}

/** EXDATEs as the rule says them: one in a removed hour is read where clocks show it, which is later. */
function nameExdates(event: EventTiming & { readonly recurrence: Recurrence }): Recurrence {
  const { recurrence } = event;
  try {
    const exdates = recurrence.exdates.map((wall) => wallTimeOf(event, idOf(event, wall)));
    return { ...recurrence, exdates };
  } catch (error) {
    // What does not go together is told when the series is planned.
    if (error instanceof RecurrenceError) return recurrence;
    throw error;
  }
}

function parseZone(
  given: string | null | undefined,
  current: TimeZoneId | undefined,
  defaultTimeZone: TimeZoneId,
  violations: Violations,
): TimeZoneId | undefined {
  if (given === undefined) return current ?? defaultTimeZone;
  if (given === null) return defaultTimeZone;
  return violations.read('time_zone', () => parseTimeZone(given));
}

function parseTitle(
  given: string | null | undefined,
  current: string | undefined,
  violations: Violations,
): string | undefined {
  if (given === undefined && current !== undefined) return current;
  if (given == null) return violations.add('title', 'is missing; allowed are 1 to 200 characters');
  return violations.read('title', () => parseText(given, TITLE));
}

function parseOptionalText(
  field: string,
  given: string | null | undefined,
  current: string | undefined,
  rule: TextRule,
  violations: Violations,
): string | undefined {
  if (given === undefined) return current ?? '';
  if (given === null) return '';
  return violations.read(field, () => parseText(given, rule));
}

function refuseChange(
  violations: Violations,
  field: string,
  given: string | null | undefined,
  current: string,
): void {
  if (given === undefined || given === current) return;
  const value = given === null ? 'null' : `'${abbreviate(given)}'`;
  violations.add(
    field,
    `cannot be changed to ${value}; allowed is '${abbreviate(current)}', or leaving it out`,
  );
}

function lowerCase(text: string | null | undefined): string | null | undefined {
  return text == null ? text : text.toLowerCase();
}
