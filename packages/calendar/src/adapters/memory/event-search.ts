import type { Event } from '../../event/event.ts';
import type { EventSearch } from '../../search/event-search.ts';
import { placeOf } from '../../search/event-search.ts';
import { hasOwnTexts, wordsOfEvent } from '../../search/words.ts';
import type { Instant } from '../../time/instant.ts';
import { toOccurrence } from './event-store.ts';
import type { MemoryState } from './memory-state.ts';
import type { IndexedOccurrence } from './occurrence-index.ts';

/** Looks at every event of the owner: what is kept in memory is a trial run. */
export function createEventSearch(state: MemoryState): EventSearch {
  return {
    async find({ owner, calendarIds, words, now, after, limit }, signal) {
      signal?.throwIfAborted();
      return [...state.eventsOf(owner).values()]
        .filter(({ event }) => calendarIds.includes(event.calendarId))
        .flatMap(({ event, occurrences }) => {
          const row = chooseOccurrence(findByWords(event, occurrences, words), now);
          return row ? [{ occurrence: toOccurrence(state, owner, row), place: placeOf(row, now) }] : [];
        })
        .toSorted((a, b) => a.place - b.place || compareIds(a.occurrence.eventId, b.occurrence.eventId))
        .filter(
          ({ place, occurrence }) =>
            after === undefined ||
            place > after.place ||
            (place === after.place && occurrence.eventId > after.eventId),
        )
        .slice(0, limit);
    },
  };
}

/** Those that have all of the words. */
function findByWords(
  event: Event,
  rows: readonly IndexedOccurrence[],
  words: readonly string[],
): readonly IndexedOccurrence[] {
  const hasWords = (content: Parameters<typeof wordsOfEvent>[0]): boolean => {
    const known = wordsOfEvent(content);
    return words.every((word) => known.some((one) => one.startsWith(word)));
  };
  const isEventFound = hasWords(event);
  return rows.filter((row) => (hasOwnTexts(row) ? hasWords({ ...event, ...row.changes }) : isEventFound));
}

/** By recurrence id, as the rows are: the first that is not over, else the last. */
function chooseOccurrence(rows: readonly IndexedOccurrence[], now: Instant): IndexedOccurrence | undefined {
  return rows.find(({ end }) => end > now) ?? rows.at(-1);
}

function compareIds(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
