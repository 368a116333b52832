import type { Postgres, Queries } from '@daywatch/service-kit/postgres';

import { Lateness } from '../../target/lateness.ts';
import { shareTargets } from '../../target/share-targets.ts';
import type {
  LeaseGrant,
  LeaseRequest,
  TargetDescription,
  TargetLeases,
} from '../../target/target-leases.ts';
import { announceChecker } from './sql/announce-checker.ts';
import { describeTargets } from './sql/describe-targets.ts';
import { dropChecker } from './sql/drop-checker.ts';
import { dropExpiredCheckers } from './sql/drop-expired-checkers.ts';
import { forgetTargets } from './sql/forget-targets.ts';
import { listCheckers } from './sql/list-checkers.ts';
import { listHolders } from './sql/list-holders.ts';
import { lockTargets } from './sql/lock-targets.ts';
import { releaseTargets } from './sql/release-targets.ts';
import { renewChecker } from './sql/renew-checker.ts';
import { spareCheckers } from './sql/spare-checkers.ts';
import { takeTargets } from './sql/take-targets.ts';

export function createPostgresTargetLeases(db: Postgres): TargetLeases {
  /** The list that each checker has announced. */
  const announced = new Map<string, readonly TargetDescription[]>();
  /** Of each checker. */
  const latenesses = new Map<string, Lateness>();

  return {
    async renew(request, signal) {
      const { checkerId, targets } = request;
      const isAnnounced = announced.get(checkerId) === targets;
      const lateness = latenesses.get(checkerId) ?? new Lateness();
      latenesses.set(checkerId, lateness);
      const grant = await db.transaction((queries) => renew(queries, request, isAnnounced, lateness), signal);
      announced.set(checkerId, targets);
      return grant;
    },
    async release(checkerId, targetIds, signal) {
      await db.query(releaseTargets, [checkerId, targetIds], signal);
    },
    async leave(checkerId, signal) {
      await db.query(dropChecker, [checkerId], signal);
      announced.delete(checkerId);
      latenesses.delete(checkerId);
    },
  };
}

async function renew(
  queries: Queries,
  request: LeaseRequest,
  isAnnounced: boolean,
  lateness: Lateness,
): Promise<LeaseGrant> {
  const { checkerId, targets, leaseMs } = request;
  const [, [own]] = await Promise.all([
    queries.query(lockTargets, []),
    queries.query(renewChecker, [checkerId, leaseMs]),
  ]);
  const verdict = lateness.judge(own?.left_ms, leaseMs);
  const [, , , others, holders] = await Promise.all([
    verdict === 'drop' ? queries.query(dropExpiredCheckers, []) : undefined,
    verdict === 'spare' ? queries.query(spareCheckers, [leaseMs]) : undefined,
    own === undefined || !isAnnounced ? announce(queries, request) : undefined,
    queries.query(listCheckers, [checkerId]),
    queries.query(listHolders, []),
  ]);
  const candidates = new Map<string, ReadonlySet<string>>([
    [checkerId, new Set(targets.map(({ id }) => id))],
  ]);
  for (const other of others) candidates.set(other.id, new Set(other.targets));
  const { taken, surplus } = shareTargets(
    checkerId,
    candidates,
    new Map(holders.map((target) => [target.id, target.checker_id ?? undefined])),
  );
  if (taken.length > 0) await queries.query(takeTargets, [checkerId, taken]);
  const held = holders.filter((target) => target.checker_id === checkerId).map(({ id }) => id);
  return { held: new Set([...held, ...taken]), surplus };
}

async function announce(queries: Queries, request: LeaseRequest): Promise<void> {
  const { checkerId, checkerName, targets, leaseMs } = request;
  await Promise.all([
    queries.query(announceChecker, [checkerId, checkerName, targets.map(({ id }) => id), leaseMs]),
    queries.query(describeTargets, [
      targets.map(({ id }) => id),
      targets.map(({ domain }) => domain),
      targets.map(({ kind }) => kind),
      targets.map(({ url }) => url),
      targets.map(({ intervalMs }) => Math.round(intervalMs)),
      targets.map(({ timeoutMs }) => Math.round(timeoutMs)),
    ]),
    queries.query(forgetTargets, []),
  ]);
}
