import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  CalendarSchema,
  EventSchema,
  IntervalSchema,
  ListOccurrencesResponseSchema,
  OccurrenceSchema,
} from '@daywatch/protocol/calendar';
import type { Calendar } from '../../calendar/calendar.ts';
import { etagOf, type Event } from '../../event/event.ts';
import type { OccurrencePage } from '../../occurrence/list-occurrences.ts';
import { formatRecurrenceId, formatSchedule, type Occurrence } from '../../occurrence/occurrence.ts';
import { formatUtc, type Instant, type Interval } from '../../time/instant.ts';

/** An event as the contract spells it. */
export function toEventMessage(event: Event): MessageInitShape<typeof EventSchema> {
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
    ...(event.recurrence && { recurrence: toRecurrence(event.recurrence) }),
    busy: event.busy,
    owner: event.owner,
    etag: etagOf(event),
    createdAt: toTimestamp(event.createdAt),
    updatedAt: toTimestamp(event.updatedAt),
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
  };
}

function toRecurrence({ rrule, exdates, rdates }: NonNullable<Event['recurrence']>) {
  return { rrule, exdates: [...exdates], rdates: [...rdates] };
}

function toTimestamp(instant: Instant) {
  const seconds = Math.floor(instant / 1000);
  return { seconds: BigInt(seconds), nanos: (instant - seconds * 1000) * 1_000_000 };
}
