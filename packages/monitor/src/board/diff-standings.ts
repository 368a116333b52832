import type { TargetStanding } from '../target/target-board.ts';

export interface StandingsDifference {
  /** Those that were checked since, or stand otherwise. */
  readonly changed: readonly TargetStanding[];
  /** Whether the same targets are watched in the same way. */
  readonly isSameSet: boolean;
}

/** What has changed since the standings were asked for before. */
export function diffStandings(
  before: ReadonlyMap<string, TargetStanding>,
  after: readonly TargetStanding[],
): StandingsDifference {
  const changed: TargetStanding[] = [];
  let isSameSet = before.size === after.length;
  for (const standing of after) {
    const known = before.get(standing.id);
    if (!known || !isSameTarget(known, standing)) isSameSet = false;
    else if (!standsTheSame(known, standing)) changed.push(standing);
  }
  return { changed, isSameSet };
}

function isSameTarget(a: TargetStanding, b: TargetStanding): boolean {
  return (
    a.domain === b.domain &&
    a.kind === b.kind &&
    a.url === b.url &&
    a.intervalMs === b.intervalMs &&
    a.timeoutMs === b.timeoutMs
  );
}

function standsTheSame(a: TargetStanding, b: TargetStanding): boolean {
  return (
    a.status === b.status &&
    a.reason === b.reason &&
    a.checker === b.checker &&
    a.lastCheck?.atMs === b.lastCheck?.atMs &&
    a.lastScrape?.atMs === b.lastScrape?.atMs
  );
}
