import { callApi } from '../../api/call-api.ts';
import type { Event as CalendarEvent } from '../../api/generated.ts';
import type { Span } from '../../time/span.ts';
import { writeSpan } from '../../time/span.ts';
import { draftOf, patchOf, type Draft } from '../event/draft.ts';
import type { Item } from '../item.ts';
import { seriesPatchOf } from './series-patch.ts';

/** Which occurrences of a series are meant. */
export type Scope = 'this' | 'following' | 'all';

/** An item with what the server has of it now. */
export interface Edited {
  readonly item: Item;
  /** The event; of a series the one occurrence, in the shape of an event. */
  readonly event: CalendarEvent;
  /** The series that it is an occurrence of. */
  readonly series: CalendarEvent | undefined;
}

export async function loadEdited(item: Item): Promise<Edited> {
  const path = { id: item.eventId };
  const whole = callApi('GetEvent', { path });
  if (!item.isRecurring) return { item, event: await whole, series: undefined };
  const one = callApi('GetOccurrence', { path: { ...path, recurrence_id: item.recurrenceId } });
  const [series, event] = await Promise.all([whole, one]);
  return { item, event, series };
}

/** What the form shows: the times of the occurrence, the rule of its series. */
export function draftOfEdited({ event, series }: Edited): Draft {
  return { ...draftOf(event), rrule: series?.recurrence?.rrule ?? event.recurrence?.rrule ?? '' };
}

/**
 * Changes what differs between two drafts, unless the event has changed since it was loaded.
 * @returns the id of the event that the occurrence belongs to afterwards: a series that is divided is two.
 * @param exact the times to the offset, where a draft alone would leave an hour that comes twice open.
 */
export async function applyChange(
  { item, event, series }: Edited,
  before: Draft,
  after: Draft,
  scope: Scope,
  exact?: Span,
): Promise<string> {
  const path = { id: item.eventId };
  if (series && scope === 'all') {
    const body = seriesPatchOf(series, before, after);
    if (hasKeys(body)) await callApi('UpdateEvent', { path, body, etag: series.etag });
    return item.eventId;
  }
  const times = exact ? writeSpan(exact, after.zone) : {};
  const body = { ...patchOf(before, after), ...times };
  if (!hasKeys(body)) return item.eventId;
  if (!series) return (await callApi('UpdateEvent', { path, body, etag: event.etag })).id;
  const query = { scope: scope === 'following' ? scope : 'this' } as const;
  const occurrence = { ...path, recurrence_id: item.recurrenceId };
  return (await callApi('UpdateOccurrence', { path: occurrence, query, body, etag: event.etag })).id;
}

/**
 * Deletes what the scope says.
 * @param etag the version that is meant; without one, whatever is there.
 */
export async function applyDelete(
  { eventId, recurrenceId, isRecurring }: Item,
  scope: Scope,
  { etag, keepalive }: { readonly etag: string | undefined; readonly keepalive: boolean },
): Promise<void> {
  const path = { id: eventId };
  if (!isRecurring || scope === 'all') await callApi('DeleteEvent', { path, etag, keepalive });
  else {
    const occurrence = { ...path, recurrence_id: recurrenceId };
    await callApi('DeleteOccurrence', { path: occurrence, query: { scope }, etag, keepalive });
  }
}

/** Whether a scope takes an item in that the change began at another of. */
export function isInScope(scope: Scope, from: Item, other: Item): boolean {
  if (other.eventId !== from.eventId) return false;
  if (!from.isRecurring || scope === 'all') return true;
  // UTC instants, or dates: their order as texts is that of time.
  return scope === 'this' ? other.key === from.key : other.recurrenceId >= from.recurrenceId;
}

function hasKeys(patch: object): boolean {
  return Object.keys(patch).length > 0;
}
