import type { Event } from '@daywatch/protocol/calendar';
import type { EventInput, RecurrenceInput } from '../../event/event-input.ts';

/** The fields of an event that a client writes, by their names in the contract. */
export const EVENT_FIELDS = [
  'calendar_id',
  'uid',
  'title',
  'start',
  'end',
  'duration',
  'all_day',
  'time_zone',
  'description',
  'location',
  'notify_before',
  'recurrence',
  'busy',
] as const;

export type EventField = (typeof EVENT_FIELDS)[number];

/** The fields that one occurrence may have of its own. */
export const OCCURRENCE_FIELDS = [
  'title',
  'start',
  'end',
  'duration',
  'description',
  'location',
  'notify_before',
  'busy',
] as const satisfies readonly EventField[];

/** The parts of the recurrence, each of which an update may change by itself. */
export const RECURRENCE_FIELDS = ['rrule', 'exdates', 'rdates'] as const;

export type RecurrenceField = (typeof RECURRENCE_FIELDS)[number];

/**
 * An event to create. proto3 does not tell an empty field from an absent one, so empty text, an empty
 * list and `all_day: false` take their defaults.
 */
export function toEventInput(event: Event): EventInput {
  return { id: event.id || undefined, ...readSetFields(event) };
}

/** Every field that is set, as an update without a mask changes them. */
export function readSetFields(event: Event): EventInput {
  return {
    calendar_id: event.calendarId || undefined,
    uid: event.uid || undefined,
    title: event.title || undefined,
    start: event.start || undefined,
    end: event.end || undefined,
    duration: event.duration || undefined,
    all_day: event.allDay || undefined,
    time_zone: event.timeZone || undefined,
    description: event.description || undefined,
    location: event.location || undefined,
    notify_before: event.notifyBefore.length > 0 ? event.notifyBefore : undefined,
    recurrence: event.recurrence && toRecurrenceInput(event.recurrence),
    busy: event.busy,
  };
}

function toRecurrenceInput({ rrule, exdates, rdates }: NonNullable<Event['recurrence']>): RecurrenceInput {
  return {
    rrule: rrule || undefined,
    exdates: exdates.length > 0 ? exdates : undefined,
    rdates: rdates.length > 0 ? rdates : undefined,
  };
}
