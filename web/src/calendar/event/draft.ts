import { Temporal } from 'temporal-polyfill';
import type { Event as CalendarEvent, EventPatch } from '../../api/generated.ts';
import { fromEpochDay } from '../../time/day-range.ts';
import { inZone, type Span } from '../../time/span.ts';

/** An event as the form has it: times as the clock on the wall of its zone shows them. */
export interface Draft {
  readonly title: string;
  readonly isAllDay: boolean;
  readonly startDate: string;
  readonly startTime: string;
  /** The last day, inclusive as people say it, where it is all-day. */
  readonly endDate: string;
  readonly endTime: string;
  readonly zone: string;
  readonly location: string;
  readonly description: string;
  /** ISO 8601 durations before the start. */
  readonly reminders: readonly string[];
  readonly isBusy: boolean;
  readonly calendarId: string;
  /** The RRULE that it repeats by; empty where it does not. */
  readonly rrule: string;
}

export function draftOf(event: CalendarEvent): Draft {
  const zone = event.time_zone;
  return {
    ...draftTimes(event.all_day ? event : wallTimes(event.start, event.end, zone), event.all_day),
    title: event.title,
    zone,
    location: event.location,
    description: event.description,
    reminders: event.notify_before,
    isBusy: event.busy,
    calendarId: event.calendar_id,
    rrule: event.recurrence?.rrule ?? '',
  };
}

export function newDraft(span: Span, zone: string, calendarId: string): Draft {
  const isAllDay = span.kind === 'all-day';
  return {
    ...timesOf(span, zone),
    title: '',
    zone,
    location: '',
    description: '',
    reminders: [],
    isBusy: !isAllDay,
    calendarId,
    rrule: '',
  };
}

type DraftTimes = Pick<Draft, 'isAllDay' | 'startDate' | 'startTime' | 'endDate' | 'endTime'>;

/** The times of a span, as the clock of a zone shows them. */
export function timesOf(span: Span, zone: string): DraftTimes {
  if (span.kind === 'all-day') {
    const { startDay, endDay } = span;
    return draftTimes(
      { start: fromEpochDay(startDay).toString(), end: fromEpochDay(endDay).toString() },
      true,
    );
  }
  const wall = (ms: number): string => inZone(ms, zone).toPlainDateTime().toString();
  return draftTimes({ start: wall(span.startMs), end: wall(span.endMs) }, false);
}

/** What the API takes of a draft. */
export function bodyOf(draft: Draft) {
  const { isAllDay, startDate, endDate } = draft;
  return {
    title: draft.title.trim(),
    start: isAllDay ? startDate : `${startDate}T${draft.startTime}:00`,
    end: isAllDay
      ? Temporal.PlainDate.from(endDate).add({ days: 1 }).toString()
      : `${endDate}T${draft.endTime}:00`,
    all_day: isAllDay,
    time_zone: draft.zone,
    location: draft.location.trim(),
    description: draft.description,
    notify_before: draft.reminders,
    busy: draft.isBusy,
    recurrence: draft.rrule === '' ? null : { rrule: draft.rrule },
  } satisfies EventPatch;
}

/**
 * What a person has changed, and nothing else: who changes the title does not move an event that lies in an hour
 * which comes twice. Start, end and zone mean something together alone.
 */
export function patchOf(before: Draft, after: Draft): EventPatch {
  const [old, now] = [bodyOf(before), bodyOf(after)];
  const changed = Object.entries(now).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(old[key as keyof typeof old]),
  );
  const patch = Object.fromEntries(changed) as EventPatch;
  const isTime = ['start', 'end', 'all_day', 'time_zone'].some((key) => key in patch);
  return isTime
    ? { ...patch, start: now.start, end: now.end, all_day: now.all_day, time_zone: now.time_zone }
    : patch;
}

/** The span that a draft stands for; undefined while a date or a time is incomplete, or the end is not after the start. */
export function spanOf(draft: Draft): Span | undefined {
  try {
    if (draft.isAllDay) {
      const [startDay, endDay] = [dayOf(draft.startDate), dayOf(draft.endDate) + 1];
      return endDay > startDay ? { kind: 'all-day', startDay, endDay } : undefined;
    }
    const startMs = msOf(draft.startDate, draft.startTime, draft.zone);
    const endMs = msOf(draft.endDate, draft.endTime, draft.zone);
    return endMs > startMs ? { kind: 'timed', startMs, endMs } : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Another start takes the end along: what is moved stays as long as it is. */
export function withStart(draft: Draft, start: Partial<Pick<Draft, 'startDate' | 'startTime'>>): Draft {
  const next = { ...draft, ...start };
  try {
    const shift = wallOf(draft.startDate, draft.startTime).until(wallOf(next.startDate, next.startTime));
    const end = wallOf(draft.endDate, draft.endTime).add(shift);
    return { ...next, endDate: end.toPlainDate().toString(), endTime: hoursOf(end.toString()) };
  } catch (error) {
    // Half a date is typed: the end follows when it is whole.
    if (error instanceof RangeError) return next;
    throw error;
  }
}

/** Whether both are at the same time, by the clocks of the same zone. */
export function isSameTime(a: Draft, b: Draft): boolean {
  const keys = ['isAllDay', 'startDate', 'startTime', 'endDate', 'endTime', 'zone'] as const;
  return keys.every((key) => a[key] === b[key]);
}

/** Where an occurrence begins by the rule of its series: its recurrence id as the clock of a zone shows it. */
export function startOfOriginal(recurrenceId: string, zone: string): Pick<Draft, 'startDate' | 'startTime'> {
  if (!recurrenceId.includes('T')) return { startDate: recurrenceId, startTime: '09:00' };
  const wall = inZone(Date.parse(recurrenceId), zone).toPlainDateTime().toString();
  return { startDate: wall.slice(0, 10), startTime: hoursOf(wall) };
}

/** Whole days occupy no time unless somebody says so, and hours do. */
export function withAllDay(draft: Draft, isAllDay: boolean): Draft {
  const isBusy = draft.isBusy === draft.isAllDay ? draft.isBusy : !isAllDay;
  return { ...draft, isAllDay, isBusy };
}

function draftTimes(
  { start, end }: { readonly start: string; readonly end: string },
  isAllDay: boolean,
): DraftTimes {
  if (!isAllDay) {
    const [startDate, endDate] = [start.slice(0, 10), end.slice(0, 10)];
    return { isAllDay, startDate, startTime: hoursOf(start), endDate, endTime: hoursOf(end) };
  }
  const last = Temporal.PlainDate.from(end).subtract({ days: 1 }).toString();
  return { isAllDay, startDate: start, startTime: '09:00', endDate: last, endTime: '10:00' };
}

function wallTimes(
  start: string,
  end: string,
  zone: string,
): { readonly start: string; readonly end: string } {
  const wall = (text: string): string => inZone(Date.parse(text), zone).toPlainDateTime().toString();
  return { start: wall(start), end: wall(end) };
}

/** `09:30` of `2026-11-23T09:30:00`. */
function hoursOf(text: string): string {
  return text.slice(11, 16);
}

function wallOf(date: string, time: string): Temporal.PlainDateTime {
  return Temporal.PlainDateTime.from(`${date}T${time}`);
}

function msOf(date: string, time: string, zone: string): number {
  return wallOf(date, time).toZonedDateTime(zone).epochMilliseconds;
}

function dayOf(date: string): number {
  return Temporal.PlainDate.from('1970-01-01').until(Temporal.PlainDate.from(date)).days;
}
