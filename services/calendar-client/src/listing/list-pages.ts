import { CalendarService, type ListOccurrencesResponse, type Occurrence } from '@daywatch/protocol/calendar';
import type { Temporal } from 'temporal-polyfill';
import type { Session } from '../session.ts';

const PAGE_SIZE = 1_000;

/** More than anybody reads; what is beyond is told as such. */
const MAX_PAGES = 20;

export interface Listing {
  readonly occurrences: readonly Occurrence[];
  /** Set where the listing was cut: the token of the page that follows. */
  readonly nextPageToken: string;
}

export type PeriodName = 'day' | 'week' | 'month';

/** All that overlaps the day, week or month from a date on, in the person's zone. */
export function listPeriod(
  session: Session,
  period: PeriodName,
  date: string,
  calendarId: string,
): Promise<Listing> {
  const { listDay, listWeek, listMonth } = CalendarService.method;
  const query = { date, timeZone: session.settings.zone, calendarId, pageSize: PAGE_SIZE };
  switch (period) {
    case 'day':
      return readPages((pageToken) => session.api.call(listDay, { ...query, pageToken }));
    case 'week':
      return readPages((pageToken) => session.api.call(listWeek, { ...query, pageToken }));
    case 'month':
      return readPages((pageToken) => session.api.call(listMonth, { ...query, pageToken }));
    default:
      return period satisfies never;
  }
}

/** All that overlaps `[from, to)`; in one calendar, or with the empty id in all of them. */
export function listBetween(
  session: Session,
  from: Temporal.Instant,
  to: Temporal.Instant,
  calendarId = '',
): Promise<Listing> {
  const query = {
    calendarId,
    from: from.toString({ smallestUnit: 'second' }),
    to: to.toString({ smallestUnit: 'second' }),
  };
  const { listOccurrences } = CalendarService.method;
  return readPages((pageToken) =>
    session.api.call(listOccurrences, { ...query, pageSize: PAGE_SIZE, pageToken }),
  );
}

async function readPages(
  readPage: (pageToken: string) => Promise<ListOccurrencesResponse>,
): Promise<Listing> {
  const occurrences: Occurrence[] = [];
  let nextPageToken = '';
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await readPage(nextPageToken);
    occurrences.push(...answer.occurrences);
    ({ nextPageToken } = answer);
    if (nextPageToken === '') break;
  }
  return { occurrences, nextPageToken };
}
