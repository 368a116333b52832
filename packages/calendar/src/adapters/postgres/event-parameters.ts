import { encodeTimestamp, type SqlParameter } from '@daywatch/service-kit/postgres';
import type { EventDraft, Schedule } from '../../event/event.ts';
import type { PlannedEvent } from '../../event/event-store.ts';
import { spanOf, type OccurrenceSpan } from '../../occurrence/occurrence.ts';
import type { PlannedOccurrence } from '../../occurrence/override.ts';
import { formatUtc, MAX_INSTANT, MIN_INSTANT, type Instant } from '../../time/instant.ts';
import { toLocalMs } from '../../time/local-time.ts';
import { dateToUtcMs } from '../../time/plain-date.ts';
import { hasOwnTexts, wordsOfEvent } from '../../search/words.ts';
import { TZDB_VERSION, type TimeZoneId } from '../../time/time-zone.ts';
import { spanClassOf } from '../span-class.ts';
import { toOverrideJson } from './override-json.ts';
import { toSearchKey, toSearchVector } from './search-keys.ts';

/** Marks the occurrences that are kept although they clash. */
export type IsExempt = (occurrence: PlannedOccurrence) => boolean;

/**
 * The parameters $1 to $36 that adding and updating an event share:
 * calendar, id, owner; the columns of the event ($4 to $22); its occurrences as arrays ($23 to $26); the
 * classes of length that they use ($27); what few events have: occurrences that are changed ($28), that are
 * not as busy as the event ($29), that clash ($30), the horizon ($31), the other halves of a split ($32, $33); the
 * words that it is found by ($34), what was forgotten of it ($35), and the words of occurrences whose texts are
 * their own ($36).
 */
export function eventParameters(
  { event, occurrences }: PlannedEvent,
  isExempt: IsExempt = () => false,
): readonly SqlParameter[] {
  return [
    ...keyParameters(event),
    ...columnParameters(event),
    ...occurrenceParameters(occurrences),
    ...changeParameters(event, occurrences),
    occurrences.some(isExempt) ? occurrences.map(isExempt) : null,
    event.materialisedUntil === undefined ? null : encodeTimestamp(event.materialisedUntil),
    event.continues ?? null,
    event.continuedBy ?? null,
    wordsOfEvent(event).map((word) => toSearchKey(event.calendarId, word)),
    event.materialisedFrom === undefined ? null : encodeTimestamp(event.materialisedFrom),
    occurrences.some(hasOwnTexts) ? occurrences.map((occurrence) => ownWords(event, occurrence)) : null,
  ];
}

/** The words of an occurrence with texts of its own, as a tsvector; null where it has those of its event. */
function ownWords(event: EventDraft, occurrence: PlannedOccurrence): string | null {
  if (!hasOwnTexts(occurrence)) return null;
  return toSearchVector(event.calendarId, wordsOfEvent({ ...event, ...occurrence.changes }));
}

/** Up to when a write takes up time: the latest end of a busy occurrence. */
export function busyUntil(occurrences: readonly PlannedOccurrence[]): number {
  return occurrences.reduce((latest, { busy, end }) => (busy ? Math.max(latest, end) : latest), -Infinity);
}

/** Arrays beside those of the occurrences, or null where there is nothing to say. */
function changeParameters(
  event: EventDraft,
  occurrences: readonly PlannedOccurrence[],
): readonly [readonly (string | null)[] | null, readonly boolean[] | null] {
  if (!occurrences.some(({ changes }) => changes)) return [null, null];
  return [
    occurrences.map((occurrence) => toOverrideJson(event, occurrence)),
    occurrences.map(({ busy }) => busy),
  ];
}

function keyParameters(event: EventDraft): readonly SqlParameter[] {
  return [event.calendarId, event.id, event.owner];
}

function columnParameters(event: EventDraft): readonly SqlParameter[] {
  const { schedule, timeZone, recurrence } = event;
  const span = spanOf(schedule, timeZone);
  const local = localTimes(schedule, timeZone);
  return [
    event.uid,
    event.sequence,
    event.title,
    event.description,
    event.location,
    schedule.kind === 'all-day',
    event.busy,
    timeZone,
    encodeTimestamp(local.startMs),
    encodeTimestamp(local.endMs),
    encodeTimestamp(span.start),
    encodeTimestamp(span.end),
    TZDB_VERSION,
    event.notifyBefore,
    recurrence?.rrule ?? null,
    recurrence?.exdates ?? null,
    recurrence?.rdates ?? null,
    encodeTimestamp(event.createdAt),
    encodeTimestamp(event.updatedAt),
  ];
}

/** Recurrence ids, starts, ends and classes, as arrays of one length; then the classes, each once. */
function occurrenceParameters(occurrences: readonly OccurrenceSpan[]): readonly SqlParameter[] {
  const classes = occurrences.map(spanClassOf);
  return [...encodeSpans(occurrences), classes, [...new Set(classes)]];
}

/** Recurrence ids, starts and ends as arrays of one length. */
export function encodeSpans(
  occurrences: readonly OccurrenceSpan[],
): readonly [readonly string[], readonly string[], readonly string[]] {
  return [
    encodeInstants(occurrences.map(({ recurrenceId }) => recurrenceId)),
    encodeInstants(occurrences.map(({ start }) => start)),
    encodeInstants(occurrences.map(({ end }) => end)),
  ];
}

/** A series has hundreds of instants: the quick form takes a tenth of the time. */
function encodeInstants(instants: readonly Instant[]): readonly string[] {
  const encode = instants.length > 1 ? encodeQuickly : encodeTimestamp;
  return instants.map((instant) => encode(instant));
}

function encodeQuickly(instant: Instant): string {
  return instant >= MIN_INSTANT && instant <= MAX_INSTANT ? formatUtc(instant) : encodeTimestamp(instant);
}

/** What the owner meant: wall-clock times, as if they were UTC. */
function localTimes(
  schedule: Schedule,
  zone: TimeZoneId,
): { readonly startMs: number; readonly endMs: number } {
  switch (schedule.kind) {
    case 'timed':
      return { startMs: toLocalMs(zone, schedule.start), endMs: toLocalMs(zone, schedule.end) };
    case 'all-day':
      return { startMs: dateToUtcMs(schedule.start), endMs: dateToUtcMs(schedule.end) };
    default:
      return schedule satisfies never;
  }
}
