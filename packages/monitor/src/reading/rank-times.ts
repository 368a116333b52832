/**
 * Which of the times of many series is the first, the second, …: written into `rankAt` for each time.
 *
 * Times stand series by series, ascending in each. Series of a target share their times, so that nearly all are those of the
 * series before: only the others are sorted. No Map or Set: they would make an object of each of a million numbers.
 * @returns how many different times there are.
 */
export function rankTimes(timestampsMs: Float64Array, rankAt: Uint32Array): number {
  const distinct = listDistinct(timestampsMs);
  let rank = 0;
  for (let i = 0; i < timestampsMs.length; i++) {
    const time = timestampsMs[i] as number;
    if (distinct[rank + 1] === time) rank += 1;
    else if (distinct[rank] !== time) rank = find(distinct, time);
    rankAt[i] = rank;
  }
  return distinct.length;
}

/** Sorted. */
function listDistinct(timestampsMs: Float64Array): Float64Array {
  const found = new Float64Array(timestampsMs.length);
  let count = 0;
  // Where the series before, and the one before that, began.
  let start = 0;
  let startBefore = 0;
  let before = 0;
  for (let i = 0; i < timestampsMs.length; i++) {
    const time = timestampsMs[i] as number;
    if (i > 0 && time < (timestampsMs[i - 1] as number)) {
      startBefore = start;
      start = i;
      before = startBefore;
    }
    while (before < start && (timestampsMs[before] as number) < time) before += 1;
    if (before < start && timestampsMs[before] === time) continue;
    found[count++] = time;
  }
  const sorted = found.subarray(0, count).sort();
  return sorted.slice(0, dropRepeated(sorted));
}

/** Moves what is new to the front, and says how much that is. */
function dropRepeated(sorted: Float64Array): number {
  let count = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) continue;
    sorted[count++] = sorted[i] as number;
  }
  return count;
}

function find(sorted: Float64Array, time: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
