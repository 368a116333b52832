import { requireCalendar } from '../calendar/resolve-calendar.ts';
import type { CalendarContext } from '../context.ts';
import { ErrInvalidRequest } from '../errors.ts';
import type { EventId, UserId } from '../event/event.ts';
import { isInstantText, openToken, parsePageSize, sealToken } from '../occurrence/page.ts';
import type { OccurrencePage, PageRequest } from '../occurrence/list-occurrences.ts';
import { parseText } from '../text.ts';
import { toInstant, type Instant } from '../time/instant.ts';
import { abbreviate } from '../time/plain-date.ts';
import { isUuid } from '../uuid.ts';
import { Violations } from '../violations.ts';
import type { FoundPosition } from './event-search.ts';
import { splitWords } from './words.ts';

export interface SearchRequest extends PageRequest {
  /** Words, or the beginnings of words. */
  readonly query: string;
}

const MAX_QUERY_LENGTH = 200;
const MAX_QUERY_WORDS = 10;

/**
 * Finds the events that have every word in title, location or description, in any case and order; a word is found by
 * its beginning. An occurrence whose texts were changed has the words of its own. Of each event the next occurrence that
 * has the words is answered, or the last where all are over: first what comes next, then what is over, the latest first.
 * @throws ErrInvalidRequest, ErrCalendarNotFound.
 */
export async function searchEvents(
  context: CalendarContext,
  user: UserId,
  request: SearchRequest,
  signal?: AbortSignal,
): Promise<OccurrencePage> {
  const violations = new Violations();
  const words = violations.read('query', () => parseWords(request.query)) ?? [];
  const key = ['search', user, request.calendar_id, ...words].join(' ');
  const pageSize = violations.read('page_size', () => parsePageSize(request.page_size)) ?? 0;
  const page = violations.read('page_token', () => parsePage(request.page_token, key));
  violations.throwIfAny((found) => new ErrInvalidRequest(found));
  const calendars = request.calendar_id
    ? [await requireCalendar(context, user, request.calendar_id, signal)]
    : await context.calendars.list(user, signal);
  if (calendars.length === 0) return { occurrences: [], nextPageToken: '' };
  // Pages are of one moment: what is over meanwhile would change its place.
  const now = page?.now ?? context.now();
  const calendarIds = calendars.map(({ id }) => id);
  // One more than asked for tells whether there is a next page.
  const limit = pageSize + 1;
  const found = await context.search.find(
    { owner: user, calendarIds, words, now, after: page?.after, limit },
    signal,
  );
  const shown = found.slice(0, pageSize);
  const last = found.length > pageSize ? shown.at(-1) : undefined;
  return {
    occurrences: shown.map(({ occurrence }) => occurrence),
    nextPageToken: last ? sealToken([now, last.place, last.occurrence.eventId], key) : '',
  };
}

function parseWords(query: string): readonly string[] {
  const words = splitWords(parseText(query, { minLength: 1, maxLength: MAX_QUERY_LENGTH, multiline: false }));
  if (words.length === 0) {
    throw new RangeError(`'${abbreviate(query)}' has no letter and no digit; allowed are words`);
  }
  if (words.length > MAX_QUERY_WORDS) {
    throw new RangeError(`has ${words.length} words; allowed are 1 to ${MAX_QUERY_WORDS}`);
  }
  return words;
}

function parsePage(
  token: string | undefined,
  key: string,
): { readonly now: Instant; readonly after: FoundPosition } | undefined {
  if (token === undefined || token === '') return undefined;
  const [now, place, eventId] = openToken(
    token,
    key,
    ([now = '', place = '', eventId = '']) =>
      isInstantText(now) && /^\d{1,16}$/.test(place) && isUuid(eventId),
  );
  return { now: toInstant(Number(now)), after: { place: Number(place), eventId: eventId as EventId } };
}
