import { callApi } from '../../api/call-api.ts';
import type { Event as CalendarEvent, EventPatch } from '../../api/generated.ts';
import type { Item } from '../item.ts';

/** The version of the event that an item belongs to, as it is now. */
export function readEvent(item: Pick<Item, 'eventId'>): Promise<CalendarEvent> {
  return callApi('GetEvent', { path: { id: item.eventId } });
}

/** Changes what the patch names, unless the event has changed since the version of the etag. */
export function changeEvent(item: Item, patch: EventPatch, etag: string): Promise<CalendarEvent> {
  return callApi('UpdateEvent', { path: { id: item.eventId }, body: patch, etag });
}

export async function removeEvent(item: Item, etag: string, keepalive: boolean): Promise<void> {
  await callApi('DeleteEvent', { path: { id: item.eventId }, etag, keepalive });
}
