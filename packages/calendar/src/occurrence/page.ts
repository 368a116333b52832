import { abbreviate } from '../time/plain-date.ts';
import type { EventId } from '../event/event.ts';
import type { OccurrencePosition } from '../event/event-store.ts';
import { toInstant } from '../time/instant.ts';
import { isUuid } from '../uuid.ts';

const DEFAULT_PAGE_SIZE = 250;
const MAX_PAGE_SIZE = 1_000;

/**
 * Reads a page size; nothing and 0 take the default.
 * @throws RangeError that names the value and what is allowed.
 */
export function parsePageSize(given: number | undefined): number {
  if (given === undefined || given === 0) return DEFAULT_PAGE_SIZE;
  if (Number.isInteger(given) && given >= 1 && given <= MAX_PAGE_SIZE) return given;
  throw new RangeError(`${given} is not allowed; allowed are 1 to ${MAX_PAGE_SIZE}`);
}

/**
 * The token of the next page: the place where this one ended, bound to the query.
 * @param query all that must stay the same between pages.
 */
export function formatPageToken(position: OccurrencePosition, query: string): string {
  return sealToken([position.start, position.eventId, position.recurrenceId], query);
}

/** A token of what names a place, without blanks, bound to the query. */
export function sealToken(place: readonly (string | number)[], query: string): string {
  return encodeBase64Url([...place, fingerprint(query)].join(' '));
}

/**
 * Reads such a token.
 * @param isPlace whether the parts can name a place.
 * @throws RangeError where it is no token, or belongs to another query.
 */
export function openToken(
  token: string,
  query: string,
  isPlace: (place: readonly string[]) => boolean,
): readonly string[] {
  const parts = decodeBase64Url(token).split(' ');
  const place = parts.slice(0, -1);
  if (!isPlace(place)) {
    throw new RangeError(
      `'${abbreviate(token)}' is no page token; allowed is the next_page_token of the page before`,
    );
  }
  if (parts.at(-1) !== fingerprint(query)) {
    throw new RangeError(
      'belongs to another query; allowed is the next_page_token of the page before, with all else unchanged',
    );
  }
  return place;
}

/**
 * Reads the token of a page; nothing is the first page.
 * @throws RangeError where it is no token, or belongs to another query.
 */
export function parsePageToken(token: string | undefined, query: string): OccurrencePosition | undefined {
  if (token === undefined || token === '') return undefined;
  const [start = '', eventId = '', recurrenceId = ''] = openToken(
    token,
    query,
    ([start = '', eventId = '', recurrenceId = '']) =>
      isInstantText(start) && isUuid(eventId) && isInstantText(recurrenceId),
  );
  return {
    start: toInstant(Number(start)),
    eventId: eventId as EventId,
    recurrenceId: toInstant(Number(recurrenceId)),
  };
}

/** Whether the text is an instant in milliseconds. */
export function isInstantText(text: string): boolean {
  return /^-?\d{1,15}$/.test(text);
}

/** FNV-1a: it guards against mix-ups, not against forgers, who would see no more than their own events. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}

function encodeBase64Url(text: string): string {
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function decodeBase64Url(token: string): string {
  if (token.length > 200 || !/^[A-Za-z0-9_-]+$/.test(token) || token.length % 4 === 1) return '';
  return atob(token.replaceAll('-', '+').replaceAll('_', '/'));
}
