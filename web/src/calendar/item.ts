import type { Occurrence } from '../api/generated.ts';
import { readSpan, type Span } from '../time/span.ts';

/** One occurrence, as the views draw it. */
export interface Item {
  /** Unique among what is shown. */
  readonly key: string;
  readonly eventId: string;
  readonly recurrenceId: string;
  readonly calendarId: string;
  readonly title: string;
  readonly location: string;
  readonly timeZone: string;
  readonly isBusy: boolean;
  readonly isRecurring: boolean;
  readonly span: Span;
  /** Of what is drawn where the server does not have it yet. */
  readonly move?: ItemMove;
}

/** A change of times that is on its way to the server. */
export interface ItemMove {
  readonly before: Item;
  /** Whether it moved with its series: then it goes by another name afterwards. */
  readonly isOfSeries: boolean;
  /** The event that it belongs to afterwards; undefined where the server refused. */
  readonly eventId: Promise<string | undefined>;
}

export function toItem(occurrence: Occurrence): Item {
  return {
    // The one occurrence of an event stays the same when it is moved, though its original start does not.
    key: occurrence.recurring ? `${occurrence.event_id}/${occurrence.recurrence_id}` : occurrence.event_id,
    eventId: occurrence.event_id,
    recurrenceId: occurrence.recurrence_id,
    calendarId: occurrence.calendar_id,
    title: occurrence.title,
    location: occurrence.location,
    timeZone: occurrence.time_zone,
    isBusy: occurrence.busy,
    isRecurring: occurrence.recurring,
    span: readSpan(occurrence),
  };
}

/** By start, what lasts longer first; all-day before timed ones of the same day. */
export function compareItems(a: Item, b: Item): number {
  if (a.span.kind !== b.span.kind) return a.span.kind === 'all-day' ? -1 : 1;
  return startOf(a.span) - startOf(b.span) || endOf(b.span) - endOf(a.span) || (a.key < b.key ? -1 : 1);
}

function startOf(span: Span): number {
  return span.kind === 'timed' ? span.startMs : span.startDay;
}

function endOf(span: Span): number {
  return span.kind === 'timed' ? span.endMs : span.endDay;
}
