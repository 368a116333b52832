import { ErrInvalidRequest, ErrOccurrenceNotFound } from '../errors.ts';
import type { AnsweredEvent, Event } from '../event/event.ts';
import type { Instant } from '../time/instant.ts';
import { parseInstant } from '../time/parse-time.ts';
import { abbreviate, dateToUtcMs, parsePlainDate } from '../time/plain-date.ts';
import type { OccurrenceSpan } from './occurrence.ts';
import { findOccurrence } from './occurrences-of.ts';
import { contentOfOccurrence, type OccurrenceChanges, type OccurrenceOverride } from './override.ts';

/** A recurrence id as it was read: which kind of event has it, and its value. */
export interface ParsedRecurrenceId {
  readonly kind: Event['schedule']['kind'];
  readonly value: Instant;
  readonly text: string;
}

const FORMS =
  'the original start of an occurrence: RFC 3339 with an offset such as 2026-03-29T08:00:00Z, or of an all-day event a date such as 2026-03-29';

/**
 * Reads a recurrence id: RFC 3339 with any offset, or a date.
 * @throws ErrInvalidRequest
 */
export function parseRecurrenceId(text: string): ParsedRecurrenceId {
  try {
    return /^\d{4}-\d{2}-\d{2}$/.test(text)
      ? { kind: 'all-day', value: dateToUtcMs(parsePlainDate(text)) as Instant, text }
      : { kind: 'timed', value: parseInstant(text), text };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const description = `'${abbreviate(text)}' is no recurrence id; allowed is ${FORMS}`;
    throw new ErrInvalidRequest([{ field: 'recurrence_id', description }]);
  }
}

/**
 * The occurrence of the event, without what was changed of it.
 * @param changed those that were changed: they are there also where what is around them was forgotten.
 * @throws ErrOccurrenceNotFound
 */
export function requireOccurrence(
  event: Event,
  { kind, value, text }: ParsedRecurrenceId,
  changed: readonly Pick<OccurrenceOverride, 'recurrenceId'>[],
): OccurrenceSpan {
  const isForgotten =
    value < (event.materialisedFrom ?? -Infinity) &&
    changed.every(({ recurrenceId }) => recurrenceId !== value);
  const span = event.schedule.kind === kind && !isForgotten ? findOccurrence(event, value) : undefined;
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
