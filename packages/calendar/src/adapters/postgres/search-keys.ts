import type { CalendarId } from '../../calendar/calendar.ts';

/**
 * A word as the index of words has it: with the end of its calendar's id before it, so that a search reads the entries
 * of its own calendars alone, however many others have the word.
 */
export function toSearchKey(calendarId: CalendarId, word: string): string {
  return `${calendarId.slice(-12)}:${word}`;
}

/** A tsvector of the words. */
export function toSearchVector(calendarId: CalendarId, words: readonly string[]): string {
  return words.map((word) => `'${toSearchKey(calendarId, word)}'`).join(' ');
}

/** A tsquery: all of the words, as beginnings, in one of the calendars. Words are letters and digits: nothing to escape. */
export function toSearchQuery(calendarIds: readonly CalendarId[], words: readonly string[]): string {
  return calendarIds
    .map((id) => `(${words.map((word) => `'${toSearchKey(id, word)}':*`).join(' & ')})`)
    .join(' | ');
}
