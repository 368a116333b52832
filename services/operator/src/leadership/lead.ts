import type { Clock } from '@daywatch/monitor';
import type { Logger } from '@daywatch/service-kit/log';
import type { Cluster } from '../cluster/cluster.ts';
import { isClusterError } from '../cluster/cluster-error.ts';
import type { ObjectKey } from '../cluster/kube-object.ts';
import { waitOrAbort } from '../watching/wait-or-abort.ts';
import {
  isHeld,
  isHeldBy,
  makeLease,
  releaseLease,
  renewLease,
  type Lease,
  type LeaseTerms,
} from './lease.ts';

export interface LeadershipTimes {
  /** So long after the last sign of life of a leader nobody else takes its place. Whole seconds. */
  readonly leaseMs: number;
  /** A leader that could not renew for so long stops. Well below `leaseMs`: then it has stopped before the next begins. */
  readonly renewDeadlineMs: number;
  /** The pause between two attempts to take or renew the lease. */
  readonly retryMs: number;
}

export const LEADERSHIP_TIMES: LeadershipTimes = { leaseMs: 15_000, renewDeadlineMs: 10_000, retryMs: 2_000 };

export interface LeadOptions {
  readonly cluster: Pick<Cluster, 'get' | 'create' | 'replace'>;
  readonly lease: ObjectKey;
  /** Its own among all that want to lead, and never used again by another process. */
  readonly identity: string;
  readonly times: LeadershipTimes;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Told when it begins to lead, and when it does not any more. */
  readonly onChange?: (isLeading: boolean) => void;
}

/** The right to write, as long as it lasts. */
export interface Mandate {
  /** Aborted when the lease is lost or given back. */
  readonly signal: AbortSignal;
  /**
   * Whether it still holds, by a clock that goes on while the process is held up: a timer that should have aborted the
   * signal may come too late.
   */
  readonly isValid: () => boolean;
}

/**
 * Lets `work` run while this process holds the lease, and ends it at once when that is lost; then it stands in line
 * again. Resolves when the signal is aborted and the work has ended; the lease is given back then.
 *
 * ```
 *  waiting --lease free, given back, or leaseMs without a sign of life--> leading --renewed every retryMs--.
 *     ^                                                                     |  ^---------------------------'
 *     '----------- work ended <-- taken by another, or renewDeadlineMs over-'
 * ```
 */
export async function lead(
  options: LeadOptions,
  work: (mandate: Mandate) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const { clock, logger, identity, onChange } = options;
  while (!signal.aborted) {
    const first = await acquire(options, signal);
    if (first === undefined) return;
    logger.info({ identity }, 'this operator leads');
    onChange?.(true);
    const term = new AbortController();
    let lease = first;
    const isValid = (): boolean => !term.signal.aborted && clock.elapsed() < lease.validUntilMs;
    const both = AbortSignal.any([signal, term.signal]);
    const working = work({ signal: both, isValid }).finally(() =>
      term.abort(new Error('the work has ended')),
    );
    const cancelDeadline = armDeadline(options, () => lease.validUntilMs, term);
    while (!both.aborted) {
      await waitOrAbort(clock, options.times.retryMs, both);
      if (both.aborted) break;
      const renewed = await renew(options, lease, both);
      if (renewed === 'lost') term.abort(new Error('another operator has taken the lease'));
      else lease = renewed;
    }
    cancelDeadline();
    await working;
    onChange?.(false);
    if (signal.aborted) await release(options, lease);
    else logger.warn(`this operator leads no more: ${(term.signal.reason as Error).message}`);
  }
}

interface Held {
  readonly lease: Lease;
  readonly validUntilMs: number;
}

/** Aborts the term when the lease has not been renewed in time. */
function armDeadline({ clock }: LeadOptions, validUntilMs: () => number, term: AbortController): () => void {
  // The lease may have come so late that there is nothing to wait for.
  let cancel = (): void => {};
  const look = (): void => {
    const leftMs = validUntilMs() - clock.elapsed();
    if (leftMs <= 0) term.abort(new Error('the lease could not be renewed in time'));
    else cancel = clock.setTimer(look, leftMs);
  };
  look();
  return () => cancel();
}

function termsOf({ identity, times, clock }: LeadOptions): LeaseTerms {
  return { identity, durationMs: times.leaseMs, nowMs: clock.now() };
}

/** Waits for the lease. Undefined when the signal is aborted. */
async function acquire(options: LeadOptions, signal: AbortSignal): Promise<Held | undefined> {
  const { cluster, clock, times, lease: key, logger } = options;
  // The clocks of two machines differ: how old a lease is, is how long it has been seen not to change.
  let seen: { readonly version: string | undefined; readonly sinceMs: number } | undefined;
  let lastTrouble = '';
  while (!signal.aborted) {
    const beganMs = clock.elapsed();
    const held = (lease: Lease): Held => ({ lease, validUntilMs: beganMs + times.renewDeadlineMs });
    using attempt = limitAttempt(options, signal);
    try {
      const lease = await readLease(options, attempt.signal);
      if (lease === undefined) {
        return held(await cluster.create('leases', makeLease(key, termsOf(options)), attempt.signal));
      }
      const version = lease.metadata.resourceVersion;
      if (seen?.version !== version) seen = { version, sinceMs: clock.elapsed() };
      // Its own from an earlier term, whose work has ended: nobody has to be waited for.
      const isFree = !isHeld(lease) || isHeldBy(lease, options.identity);
      const lastsMs = (lease.spec?.leaseDurationSeconds ?? 0) * 1000;
      if (isFree || (seen !== undefined && clock.elapsed() - seen.sinceMs >= lastsMs)) {
        return held(await cluster.replace('leases', renewLease(lease, termsOf(options)), attempt.signal));
      }
    } catch (error) {
      if (signal.aborted) return undefined;
      const trouble = (error as Error).message;
      // That another was faster is how it should be.
      if (!isClusterError(error, 'conflict', 'already_exists') && trouble !== lastTrouble) {
        logger.warn(`the lease ${key.namespace}/${key.name} cannot be had: ${trouble}`);
        lastTrouble = trouble;
      }
    }
    await waitOrAbort(clock, times.retryMs, signal);
  }
  return undefined;
}

/**
 * Gives one attempt a third of the time in which one has to succeed: a connection that nobody answers on any more must
 * not be waited for until the term ends, while another one would be answered.
 */
function limitAttempt(
  { clock, times }: LeadOptions,
  signal: AbortSignal,
): Disposable & { readonly signal: AbortSignal } {
  const late = new AbortController();
  const cancel = clock.setTimer(
    () => late.abort(new Error('nobody has answered in time')),
    times.renewDeadlineMs / 3,
  );
  return { signal: AbortSignal.any([signal, late.signal]), [Symbol.dispose]: cancel };
}

async function readLease({ cluster, lease }: LeadOptions, signal: AbortSignal): Promise<Lease | undefined> {
  try {
    return await cluster.get('leases', lease, signal);
  } catch (error) {
    if (isClusterError(error, 'not_found')) return undefined;
    throw error;
  }
}

/** Renews it; what fails is tried again until the term ends by itself. */
async function renew(options: LeadOptions, held: Held, signal: AbortSignal): Promise<Held | 'lost'> {
  const { cluster, clock, times, identity } = options;
  const beganMs = clock.elapsed();
  using attempt = limitAttempt(options, signal);
  try {
    const lease = await cluster.replace('leases', renewLease(held.lease, termsOf(options)), attempt.signal);
    return { lease, validUntilMs: beganMs + times.renewDeadlineMs };
  } catch (error) {
    if (!isClusterError(error, 'conflict', 'not_found')) return held;
    // The answer to an earlier renewal may have been lost: then it is still ours.
    const lease = await readLease(options, attempt.signal).catch(() => held.lease);
    if (lease === undefined || !isHeldBy(lease, identity)) return 'lost';
    return { ...held, lease };
  }
}

async function release({ cluster, clock, times }: LeadOptions, { lease }: Held): Promise<void> {
  // Only as of the version that this process wrote: a lease of another is left alone.
  const inTime = AbortSignal.timeout(Math.ceil(times.retryMs));
  await cluster.replace('leases', releaseLease(lease, clock.now()), inTime).catch(() => undefined);
}
