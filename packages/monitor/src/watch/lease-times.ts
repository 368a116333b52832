import type { TargetDescription } from '../target/target-leases.ts';

/** Bounds of a lease: a short one finds a dead checker sooner, and costs transactions. */
const MIN_LEASE_MS = 300;
const MAX_LEASE_MS = 15_000;
/** Three quarters of the shortest interval, a beat and the wait for a target's turn are less than two intervals. */
const LEASE_SHARE = 0.75;
const BEATS = 4;

/** How long a checker of these targets counts as alive, in milliseconds, and how often it says that it is. */
export function leaseTimes(targets: readonly Pick<TargetDescription, 'intervalMs'>[]): {
  readonly leaseMs: number;
  readonly beatMs: number;
} {
  const shortestMs = Math.min(MAX_LEASE_MS / LEASE_SHARE, ...targets.map(({ intervalMs }) => intervalMs));
  const leaseMs = Math.max(MIN_LEASE_MS, Math.round(shortestMs * LEASE_SHARE));
  return { leaseMs, beatMs: Math.floor(leaseMs / BEATS) };
}
