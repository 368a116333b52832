/** What a checker is to do about targets. */
export interface Share {
  /** Free targets that are its to take. */
  readonly taken: readonly string[];
  /** Targets of its own that a less busy checker could have. */
  readonly surplus: readonly string[];
}

/**
 * The share of one checker. Every checker computes its own, from the same facts: each free target goes to the least busy
 * checker that knows it, and a checker gives up what makes it busier than another that knows it by two or more.
 * @param candidates the checkers that live, each with the targets that it knows.
 * @param holders the checker of each target, undefined where it is free.
 */
export function shareTargets(
  checkerId: string,
  candidates: ReadonlyMap<string, ReadonlySet<string>>,
  holders: ReadonlyMap<string, string | undefined>,
): Share {
  const loads = new Map(Array.from(candidates.keys(), (id) => [id, 0]));
  const addLoad = (id: string, count: number): void => void loads.set(id, (loads.get(id) ?? 0) + count);
  const free: string[] = [];
  const own: string[] = [];
  for (const [target, holder] of holders) {
    if (holder === undefined || !candidates.has(holder)) free.push(target);
    else addLoad(holder, 1);
    if (holder === checkerId) own.push(target);
  }
  const leastBusy = (target: string): string | undefined => {
    let best: string | undefined;
    for (const [id, known] of candidates) {
      if (known.has(target) && (best === undefined || isLessBusy(id, best, loads))) best = id;
    }
    return best;
  };

  const taken: string[] = [];
  for (const target of free.sort()) {
    const next = leastBusy(target);
    if (next === undefined) continue;
    addLoad(next, 1);
    if (next === checkerId) taken.push(target);
  }
  const surplus: string[] = [];
  for (const target of own.sort()) {
    const next = leastBusy(target);
    // One that it no longer knows itself is given up in any case.
    const isKnown = candidates.get(checkerId)?.has(target) ?? false;
    const isBusier = next !== undefined && (loads.get(next) ?? 0) + 1 < (loads.get(checkerId) ?? 0);
    if (isKnown && !isBusier) continue;
    addLoad(checkerId, -1);
    if (next !== undefined) addLoad(next, 1);
    surplus.push(target);
  }
  return { taken, surplus };
}

function isLessBusy(id: string, other: string, loads: ReadonlyMap<string, number>): boolean {
  const difference = (loads.get(id) ?? 0) - (loads.get(other) ?? 0);
  return difference < 0 || (difference === 0 && id < other);
}
