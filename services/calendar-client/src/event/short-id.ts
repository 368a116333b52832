/** Ids are shown by their last digits: those of a UUIDv7 are random, its first ones are the time. */
const SHOWN_DIGITS = 6;

/** The fewest digits that are looked up. */
export const MIN_DIGITS = 4;

/**
 * How each id is shown: its last digits, as many as it takes to tell them all apart.
 * @returns a map from full ids to short ones.
 */
export function shortenIds(ids: Iterable<string>): ReadonlyMap<string, string> {
  const all = [...new Set(ids)];
  const short = new Map<string, string>();
  for (let digits = SHOWN_DIGITS; short.size < all.length; digits++) {
    const taken = Map.groupBy(all, (id) => lastDigits(id, digits));
    for (const [shown, sharers] of taken) {
      const [only] = sharers;
      if (only !== undefined && sharers.length === 1 && !short.has(only)) short.set(only, shown);
    }
  }
  return short;
}

export function shortenId(id: string): string {
  return lastDigits(id, SHOWN_DIGITS);
}

/** Whether the text is a whole UUID, dashes or not. */
export function isFullId(text: string): boolean {
  return /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(text);
}

/** Whether the text can be a part of an id. */
export function isPartOfId(text: string): boolean {
  return /^[0-9a-f-]+$/i.test(text) && toDigits(text).length >= MIN_DIGITS;
}

/** Whether the id begins or ends with the given digits. */
export function matchesId(id: string, part: string): boolean {
  const digits = toDigits(id);
  const wanted = toDigits(part);
  return digits.endsWith(wanted) || digits.startsWith(wanted);
}

/** The usual form of a whole UUID. */
export function toFullId(text: string): string {
  const digits = toDigits(text);
  const cuts = [0, 8, 12, 16, 20, 32];
  return cuts
    .slice(1)
    .map((end, i) => digits.slice(cuts[i], end))
    .join('-');
}

function lastDigits(id: string, digits: number): string {
  return toDigits(id).slice(-digits);
}

function toDigits(id: string): string {
  return id.toLowerCase().replaceAll('-', '');
}
