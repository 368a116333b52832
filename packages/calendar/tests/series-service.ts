import { randomBytes } from 'node:crypto';
import type { CalendarContext } from '../src/context.ts';
import { createEvent } from '../src/event/create-event.ts';
import type { EventInput } from '../src/event/event-input.ts';
import { toEventView, type EventView } from '../src/event/event-view.ts';
import { extendHorizons } from '../src/event/keep-series.ts';
import { getEvent } from '../src/event/get-event.ts';
import { updateEvent } from '../src/event/update-event.ts';
import { deleteOccurrence } from '../src/occurrence/delete-occurrence.ts';
import { getOccurrence } from '../src/occurrence/get-occurrence.ts';
import { listOccurrences } from '../src/occurrence/list-occurrences.ts';
import { toOccurrenceView, type OccurrenceView } from '../src/occurrence/occurrence-view.ts';
import type { OccurrenceScope } from '../src/occurrence/occurrence-target.ts';
import { queryFreeBusy } from '../src/occurrence/query-free-busy.ts';
import { updateOccurrence } from '../src/occurrence/update-occurrence.ts';
import { formatUtc, type Instant } from '../src/time/instant.ts';
import { UTC } from '../src/time/time-zone.ts';
import { newEventId, newOwner, NOW } from './fixtures.ts';
import type { Stores } from './stores.ts';

/** The use cases as one user of one service sees them, in the API's words, with a clock that can be set. */
export function openService(
  stores: Pick<Stores, 'events' | 'calendars' | 'upkeep' | 'reminders' | 'settings' | 'search'>,
  user = newOwner(),
) {
  const clock: { now: Instant } = { now: NOW };
  const context: CalendarContext = {
    events: stores.events,
    calendars: stores.calendars,
    reminders: stores.reminders,
    settings: stores.settings,
    search: stores.search,
    now: () => clock.now,
    newId: newEventId,
    newWebhookSecret: () => `whsec_${randomBytes(32).toString('base64')}`,
    defaultTimeZone: UTC,
  };
  const list = async (from: string, to: string, page_size = 1_000): Promise<readonly OccurrenceView[]> => {
    const all: OccurrenceView[] = [];
    let page_token = '';
    do {
      const page = await listOccurrences(context, user, { from, to, page_size, page_token });
      all.push(...page.occurrences.map(toOccurrenceView));
      page_token = page.nextPageToken;
    } while (page_token !== '');
    return all;
  };
  return {
    user,
    clock,
    context,
    create: async (input: EventInput): Promise<EventView> =>
      toEventView(await createEvent(context, user, { title: 'Series', ...input })),
    get: async (id: string): Promise<EventView> => toEventView(await getEvent(context, user, id)),
    update: async (id: string, patch: EventInput): Promise<EventView> =>
      toEventView(await updateEvent(context, user, id, patch)),
    getOccurrence: async (event_id: string, recurrence_id: string): Promise<EventView> =>
      toEventView(await getOccurrence(context, user, { event_id, recurrence_id })),
    updateOccurrence: async (
      event_id: string,
      recurrence_id: string,
      scope: OccurrenceScope,
      patch: EventInput,
    ): Promise<EventView> =>
      toEventView(await updateOccurrence(context, user, { event_id, recurrence_id, scope }, patch)),
    deleteOccurrence: (event_id: string, recurrence_id: string, scope: OccurrenceScope): Promise<void> =>
      deleteOccurrence(context, user, { event_id, recurrence_id, scope }),
    list,
    /** Starts as the API spells them. */
    starts: async (from: string, to: string): Promise<readonly string[]> =>
      (await list(from, to)).map(({ start }) => start),
    busy: async (from: string, to: string): Promise<readonly string[]> =>
      (await queryFreeBusy(context, user, { from, to })).map(
        ({ start, end }) => `${formatUtc(start)}/${formatUtc(end)}`,
      ),
    /** Moves the horizons to two years from the clock. */
    moveHorizons: async (): Promise<number> => {
      let conflicts = 0;
      for (;;) {
        const result = await extendHorizons({ upkeep: stores.upkeep, now: () => clock.now });
        conflicts += result.conflicts;
        if (result.isDone) return conflicts;
      }
    },
  };
}

export type Service = ReturnType<typeof openService>;
