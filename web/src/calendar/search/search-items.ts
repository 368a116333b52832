import type { Item } from '../item.ts';

/**
 * The items that have every word in their title or place, in any case and order: what comes next is first, what is
 * over is last, the latest of it first. Nothing is found where nothing is asked.
 */
export function searchItems(items: readonly Item[], query: string, nowMs: number): readonly Item[] {
  const words = fold(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const found = items.filter(({ title, location }) => {
    const text = fold(`${title} ${location}`);
    return words.every((word) => text.includes(word));
  });
  const coming = found.filter((item) => endOf(item) > nowMs).sort((a, b) => startOf(a) - startOf(b));
  const over = found.filter((item) => endOf(item) <= nowMs).sort((a, b) => startOf(b) - startOf(a));
  return [...coming, ...over];
}

/** Without case and accents: nobody types them into a search. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}

const DAY_MS = 86_400_000;

function startOf({ span }: Item): number {
  return span.kind === 'timed' ? span.startMs : span.startDay * DAY_MS;
}

function endOf({ span }: Item): number {
  return span.kind === 'timed' ? span.endMs : span.endDay * DAY_MS;
}
