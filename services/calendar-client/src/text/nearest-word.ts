/** The word that was most likely meant: at most two typing slips away, one for short words; not the word itself. */
export function nearestWord(typed: string, words: readonly string[]): string | undefined {
  const allowed = typed.length <= 4 ? 1 : 2;
  let best: string | undefined;
  let bestDistance = allowed + 1;
  for (const word of words) {
    if (typed.length < 3 || Math.abs(word.length - typed.length) > allowed) continue;
    const distance = editDistance(typed, word);
    if (distance > 0 && distance < bestDistance) [best, bestDistance] = [word, distance];
  }
  return best;
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
