import type { TargetBoard, TargetReport, TargetStanding } from '../../target/target-board.ts';
import { errorOf, NO_CHECKER } from '../../target/target-board.ts';
import { Lateness } from '../../target/lateness.ts';
import type { TargetDescription, TargetLeases } from '../../target/target-leases.ts';
import { shareTargets } from '../../target/share-targets.ts';

/** How targets stand, and who has them. */
export interface TargetStores {
  readonly leases: TargetLeases;
  readonly board: TargetBoard;
}

interface KnownChecker {
  readonly name: string;
  readonly targets: readonly TargetDescription[];
  readonly expiresAtMs: number;
  readonly lateness: Lateness;
}

interface KnownTarget {
  description: TargetDescription;
  checkerId: string | undefined;
  noted: Omit<TargetStanding, keyof TargetDescription | 'checker'>;
}

const NOTHING: KnownTarget['noted'] = {
  status: 'unknown',
  reason: undefined,
  sinceMs: undefined,
  lastCheck: undefined,
  lastScrape: undefined,
  lastError: undefined,
};

/** Keeps targets while the process runs: for tests, and for a checker without a database. */
export function createMemoryTargets(now: () => number = Date.now): TargetStores {
  const checkers = new Map<string, KnownChecker>();
  const targets = new Map<string, KnownTarget>();

  function drop(checkerId: string): void {
    checkers.delete(checkerId);
    for (const target of targets.values()) if (target.checkerId === checkerId) target.checkerId = undefined;
  }

  function dropExpired(): void {
    for (const [id, { expiresAtMs }] of checkers) if (expiresAtMs <= now()) drop(id);
  }

  function spareAll(leaseMs: number): void {
    for (const [id, checker] of checkers) {
      checkers.set(id, { ...checker, expiresAtMs: Math.max(checker.expiresAtMs, now() + leaseMs) });
    }
  }

  function takeOver(descriptions: readonly TargetDescription[]): void {
    for (const description of descriptions) {
      const known = targets.get(description.id);
      if (known) known.description = description;
      else targets.set(description.id, { description, checkerId: undefined, noted: NOTHING });
    }
    const wanted = new Set([...checkers.values()].flatMap((checker) => checker.targets.map(({ id }) => id)));
    for (const id of targets.keys()) if (!wanted.has(id)) targets.delete(id);
  }

  function heldBy(checkerId: string): string[] {
    return [...targets].filter(([, target]) => target.checkerId === checkerId).map(([id]) => id);
  }

  const leases: TargetLeases = {
    renew: async (request) => {
      const { checkerId, checkerName: name, targets: list, leaseMs } = request;
      const before = checkers.get(checkerId);
      const lateness = before?.lateness ?? new Lateness();
      const verdict = lateness.judge(before && before.expiresAtMs - now(), leaseMs);
      checkers.set(checkerId, { name, targets: list, expiresAtMs: now() + leaseMs, lateness });
      if (verdict === 'drop') dropExpired();
      if (verdict === 'spare') spareAll(leaseMs);
      if (before?.targets !== list) takeOver(list);
      const candidates = new Map(
        Array.from(checkers, ([id, checker]) => [id, new Set(checker.targets.map((target) => target.id))]),
      );
      const holders = new Map(Array.from(targets, ([id, target]) => [id, target.checkerId]));
      const { taken, surplus } = shareTargets(checkerId, candidates, holders);
      for (const id of taken) (targets.get(id) as KnownTarget).checkerId = checkerId;
      return { held: new Set(heldBy(checkerId)), surplus };
    },
    release: async (checkerId, ids) => {
      for (const id of ids) {
        const target = targets.get(id);
        if (target?.checkerId === checkerId) target.checkerId = undefined;
      }
    },
    leave: async (checkerId) => drop(checkerId),
  };

  const board: TargetBoard = {
    report: async (reports) => {
      for (const report of reports) {
        const target = targets.get(report.targetId);
        if (!target || (target.noted.lastCheck?.atMs ?? -Infinity) >= report.atMs) continue;
        target.noted = note(target.noted, report);
      }
    },
    list: async () => [...targets.values()].map(toStanding).sort((a, b) => (a.id < b.id ? -1 : 1)),
  };

  function toStanding({ description, checkerId, noted }: KnownTarget): TargetStanding {
    const checker = checkerId === undefined ? undefined : checkers.get(checkerId);
    if (checker && checker.expiresAtMs > now()) return { ...description, ...noted, checker: checker.name };
    return { ...description, ...noted, status: 'unknown', reason: NO_CHECKER, checker: undefined };
  }

  return { leases, board };
}

function note(before: KnownTarget['noted'], report: TargetReport): KnownTarget['noted'] {
  const { status, reason, atMs, durationMs, scrape } = report;
  const message = errorOf(report);
  const isSame = before.status === status && before.sinceMs !== undefined;
  return {
    status,
    reason,
    sinceMs: isSame ? before.sinceMs : atMs,
    lastCheck: { atMs, durationMs },
    lastScrape:
      scrape.kind === 'read' ? { atMs, samples: scrape.samples, refused: scrape.refused } : before.lastScrape,
    lastError: message === undefined ? before.lastError : { atMs, message },
  };
}
