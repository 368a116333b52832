/** A target as its configuration has it, without what is secret. */
export interface TargetDescription {
  readonly id: string;
  readonly domain: string;
  readonly kind: 'prometheus' | 'http';
  /** Without credentials. */
  readonly url: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** A checker that asks for its share of the targets. */
export interface LeaseRequest {
  /** A UUID, another one after each start. */
  readonly checkerId: string;
  /** What people call it: the name of its host. */
  readonly checkerName: string;
  /** Everything that it could check. The same list, as an object, is not looked at again. */
  readonly targets: readonly TargetDescription[];
  /** How long the checker counts as alive from now on. */
  readonly leaseMs: number;
}

export interface LeaseGrant {
  /** The targets that are this checker's, until the lease runs out. */
  readonly held: ReadonlySet<string>;
  /** Those of them that a less busy checker could take: to be released once their checks have ended. */
  readonly surplus: readonly string[];
}

/**
 * Shares the targets between the checkers of a database: each target has at most one checker, and each checker about
 * as many targets as the others that could check the same.
 *
 * A lease is counted by the store's clock from when it hears of it. A checker counts from before it asked, by its own,
 * and so never thinks that it holds what another may already have.
 */
export interface TargetLeases {
  /**
   * Announces the checker and its targets, keeps what it holds, and takes what is free. Checkers whose lease ran out are
   * dead, and theirs is free; but one that was late itself (`Lateness`) gives all others a lease as long as its own. Targets that no checker knows any more are forgotten when a list of targets changes.
   */
  renew(request: LeaseRequest, signal?: AbortSignal): Promise<LeaseGrant>;
  /** Makes targets free. What the checker does not hold is left alone. */
  release(checkerId: string, targetIds: readonly string[], signal?: AbortSignal): Promise<void>;
  /** Makes all targets of a checker free, because it stops. Idempotent. */
  leave(checkerId: string, signal?: AbortSignal): Promise<void>;
}
