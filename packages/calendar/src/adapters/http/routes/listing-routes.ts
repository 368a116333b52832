import type { CalendarContext } from '../../../context.ts';
import { listOccurrences, listPeriod, type OccurrencePage } from '../../../occurrence/list-occurrences.ts';
import { toOccurrenceView } from '../../../occurrence/occurrence-view.ts';
import type { PeriodKind } from '../../../occurrence/period.ts';
import { queryFreeBusy } from '../../../occurrence/query-free-busy.ts';
import { searchEvents } from '../../../search/search-events.ts';
import { formatUtc } from '../../../time/instant.ts';
import { errors, ok } from '../schema/answers.ts';
import { FreeBusy, OccurrenceList } from '../schema/occurrence-schema.ts';
import { FreeBusyQuery, PeriodPath, PeriodQuery, RangeQuery, SearchQuery } from '../schema/query-schema.ts';
import { operation } from './operation.ts';
import type { CalendarScope } from './calendar-scope.ts';
import { userOf } from './user-of.ts';

const PERIODS = [
  { kind: 'day', path: 'days', name: 'ListDay', summary: 'List what overlaps a day' },
  { kind: 'week', path: 'weeks', name: 'ListWeek', summary: 'List what overlaps the 7 days from a date on' },
  {
    kind: 'month',
    path: 'months',
    name: 'ListMonth',
    summary: 'List what overlaps a month, from a date to the same date of the next month (the day clamped)',
  },
] as const satisfies readonly { readonly kind: PeriodKind; readonly [key: string]: string }[];

const response = {
  200: ok(OccurrenceList, 'A page of occurrences, by start.'),
  ...errors('calendar_not_found'),
};

const list = operation('ListOccurrences', {
  tags: ['listings'],
  summary: 'List what overlaps a period, in pages',
  querystring: RangeQuery,
  response,
});

const search = operation('SearchEvents', {
  tags: ['listings'],
  summary: 'Find events by their words',
  description: `Every word begins one of the title, the location or the description, in any case and order, without accents. An
occurrence whose texts were changed has the words of its own. Of each event the next occurrence that has the words is answered,
or the last where all are over: first what comes next, then what is over, the latest first.`,
  querystring: SearchQuery,
  response: { 200: ok(OccurrenceList, 'A page of what was found.'), ...errors('calendar_not_found') },
});

const freeBusy = operation('QueryFreeBusy', {
  tags: ['listings'],
  summary: 'Ask when the user is busy',
  querystring: FreeBusyQuery,
  response: { 200: ok(FreeBusy, 'What is busy.'), ...errors('calendar_not_found') },
});

export function addListingRoutes(scope: CalendarScope, context: CalendarContext): void {
  for (const { kind, path, name, summary } of PERIODS) {
    const options = operation(name, {
      tags: ['listings'],
      summary,
      description:
        'Days begin and end at midnight in `time_zone`, so a day with a clock change has 23 or 25 hours.',
      params: PeriodPath,
      querystring: PeriodQuery,
      response,
    });
    scope.get(`/api/v1/${path}/:date/occurrences`, options, async (request) => {
      const period = { ...request.query, date: request.params.date };
      return toPageView(await listPeriod(context, userOf(request), kind, period, request.signal));
    });
  }

  scope.get('/api/v1/occurrences', list, async (request) =>
    toPageView(await listOccurrences(context, userOf(request), request.query, request.signal)),
  );

  scope.get('/api/v1/search', search, async (request) =>
    toPageView(await searchEvents(context, userOf(request), request.query, request.signal)),
  );

  scope.get('/api/v1/freebusy', freeBusy, async (request) => {
    const busy = await queryFreeBusy(context, userOf(request), request.query, request.signal);
    return { busy: busy.map(({ start, end }) => ({ start: formatUtc(start), end: formatUtc(end) })) };
  });
}

function toPageView({ occurrences, nextPageToken }: OccurrencePage) {
  return { occurrences: occurrences.map(toOccurrenceView), next_page_token: nextPageToken };
}
