import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  CalendarSchema,
  EventSchema,
  IntervalSchema,
  ListOccurrencesResponseSchema,
  OccurrenceSchema,
} from '@daywatch/protocol/calendar';
import type { Calendar } from '../../calendar/calendar.ts';
import { toRecurrenceView } from '../../event/event-view.ts';
import { etagOf, type AnsweredEvent, type Recurrence } from '../../event/event.ts';
import type { OccurrencePage } from '../../occurrence/list-occurrences.ts';
import { formatRecurrenceId, formatSchedule, type Occurrence } from '../../occurrence/occurrence.ts';
import { formatUtc, type Instant, type Interval } from '../../time/instant.ts';

/** An event as the contract spells it. */
export function toEventMessage(event: AnsweredEvent): MessageInitShape<typeof EventSchema> {
  const { start, end } = formatSchedule(event.schedule, event.timeZone);
  return {
    id: event.id,
    calendarId: event.calendarId,
    uid: event.uid,
    sequence: event.sequence,
    title: event.title,
    start,
    end,
    allDay: event.schedule.kind === 'all-day',
    timeZone: event.timeZone,
    description: event.description,
    location: event.location,
    notifyBefore: [...event.notifyBefore],
    ...(event.recurrence && { recurrence: toRecurrence(event.recurrence, event) }),
    busy: event.busy,
    owner: event.owner,
    etag: etagOf(event),
    createdAt: toTimestamp(event.createdAt),
    updatedAt: toTimestamp(event.updatedAt),
    ...(event.recurrenceId !== undefined && {
      recurrenceId: formatRecurrenceId(event.recurrenceId, event.schedule.kind),
    }),
    ...(event.conflicts && { conflicts: [...event.conflicts] }),
    ...(event.droppedOverrides && { droppedOverrides: [...event.droppedOverrides] }),
    ...(event.continues && { continues: event.continues }),
    ...(event.continuedBy && { continuedBy: event.continuedBy }),
  };
}

export function toPageMessage({
  occurrences,
  nextPageToken,
}: OccurrencePage): MessageInitShape<typeof ListOccurrencesResponseSchema> {
  return { occurrences: occurrences.map(toOccurrenceMessage), nextPageToken };
}

export function toIntervalMessage({ start, end }: Interval): MessageInitShape<typeof IntervalSchema> {
  return { start: formatUtc(start), end: formatUtc(end) };
}

export function toCalendarMessage(calendar: Calendar): MessageInitShape<typeof CalendarSchema> {
  const { id, owner, name, timeZone, revision, isDefault } = calendar;
  return { id, owner, name, timeZone, revision: BigInt(revision), default: isDefault };
}

function toOccurrenceMessage(occurrence: Occurrence): MessageInitShape<typeof OccurrenceSchema> {
  const { eventId, calendarId, title, schedule, timeZone, busy, location } = occurrence;
  const { start, end } = formatSchedule(schedule, timeZone);
  return {
    eventId,
    recurrenceId: formatRecurrenceId(occurrence.recurrenceId, schedule.kind),
    calendarId,
    title,
    start,
    end,
    allDay: schedule.kind === 'all-day',
    timeZone,
    busy,
    location,
    recurring: occurrence.recurring,
    overridden: occurrence.overridden,
  };
}

function toRecurrence(recurrence: Recurrence, event: AnsweredEvent) {
  const { rrule, exdates, rdates } = toRecurrenceView(recurrence, event);
  return { rrule, exdates: [...exdates], rdates: [...rdates] };
}

export function toTimestamp(instant: Instant) {
  const seconds = Math.floor(instant / 1000);
  return { seconds: BigInt(seconds), nanos: (instant - seconds * 1000) * 1_000_000 };
}
