import { ErrOccurrenceNotFound } from '../errors.ts';
import type { AnsweredEvent, Event } from '../event/event.ts';
import type { Instant } from '../time/instant.ts';
import { parseInstant } from '../time/parse-time.ts';
import { abbreviate, dateToUtcMs, parsePlainDate } from '../time/plain-date.ts';
import type { OccurrenceSpan } from './occurrence.ts';
import { findOccurrence } from './occurrences-of.ts';
import { contentOfOccurrence, type OccurrenceChanges } from './override.ts';

/** A recurrence id as it was read: which kind of event has it, and its value. */
export interface ParsedRecurrenceId {
  readonly kind: Event['schedule']['kind'];
  readonly value: Instant;
  readonly text: string;
}

/**
 * Reads a recurrence id: RFC 3339 with any offset, or a date. What is none names no occurrence.
 * @throws ErrOccurrenceNotFound
 */
export function parseRecurrenceId(eventId: string, text: string): ParsedRecurrenceId {
  try {
    return /^\d{4}-\d{2}-\d{2}$/.test(text)
      ? { kind: 'all-day', value: dateToUtcMs(parsePlainDate(text)) as Instant, text }
      : { kind: 'timed', value: parseInstant(text), text };
  } catch (error) {
    if (error instanceof RangeError) throw new ErrOccurrenceNotFound(eventId, abbreviate(text));
    throw error;
  }
}

/**
 * The occurrence of the event, without what was changed of it.
 * @throws ErrOccurrenceNotFound
 */
export function requireOccurrence(event: Event, { kind, value, text }: ParsedRecurrenceId): OccurrenceSpan {
  const span = event.schedule.kind === kind ? findOccurrence(event, value) : undefined;
  if (!span) throw new ErrOccurrenceNotFound(event.id, text);
  return span;
}

/** The event in the shape of one of its occurrences, as it is answered. */
export function answerOccurrence(
  event: Event,
  span: OccurrenceSpan,
  changes: OccurrenceChanges | undefined,
): AnsweredEvent {
  return { ...contentOfOccurrence(event, span, changes), recurrenceId: span.recurrenceId };
}
