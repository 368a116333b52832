import type { EventContent } from '../event/event.ts';
import type { PlannedOccurrence } from '../occurrence/override.ts';

/** Longer words are cut, on both sides of a search: nobody types more of one. */
const MAX_WORD_LENGTH = 40;
/** Of a long description, so many different words are found. */
const MAX_EVENT_WORDS = 1000;
/** Letters, digits, and the marks that no letter took in. */
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** The different words of an event's title, location and description, in the order in which they come. */
export function wordsOfEvent({
  title,
  location,
  description,
}: Pick<EventContent, 'title' | 'location' | 'description'>): readonly string[] {
  return splitWords(`${title}\n${location}\n${description}`).slice(0, MAX_EVENT_WORDS);
}

/** Whether the texts of an occurrence were changed: it is found by the words of its own then. */
export function hasOwnTexts({ changes }: Pick<PlannedOccurrence, 'changes'>): boolean {
  return (
    changes?.title !== undefined || changes?.location !== undefined || changes?.description !== undefined
  );
}

/**
 * The different words of a text, without case and accents, which nobody types into a search: `Café, Zoë's` is
 * `cafe`, `zoe`, `s`.
 */
export function splitWords(text: string): readonly string[] {
  const folded = text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
  const words = folded.match(WORD) ?? [];
  return [...new Set(words.map(cut))];
}

/** Between characters, never within one. */
function cut(word: string): string {
  return word.length <= MAX_WORD_LENGTH ? word : Array.from(word).slice(0, MAX_WORD_LENGTH).join('');
}
