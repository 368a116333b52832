import type { KubeObject, ObjectKey } from '../cluster/kube-object.ts';

/** A lease of Kubernetes: who leads, and until when nobody else may. */
export interface Lease extends KubeObject {
  readonly spec?: {
    readonly holderIdentity?: string | null;
    readonly leaseDurationSeconds?: number;
    readonly acquireTime?: string;
    readonly renewTime?: string;
    readonly leaseTransitions?: number;
  };
}

export interface LeaseTerms {
  readonly identity: string;
  readonly durationMs: number;
  readonly nowMs: number;
}

export function isHeldBy(lease: Lease, identity: string): boolean {
  return lease.spec?.holderIdentity === identity;
}

/** Whether somebody has it who has not given it back. */
export function isHeld(lease: Lease): boolean {
  return (lease.spec?.holderIdentity ?? '') !== '';
}

export function makeLease({ namespace, name }: ObjectKey, terms: LeaseTerms): Lease {
  const at = microTime(terms.nowMs);
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { namespace, name },
    spec: {
      holderIdentity: terms.identity,
      leaseDurationSeconds: Math.ceil(terms.durationMs / 1000),
      acquireTime: at,
      renewTime: at,
      leaseTransitions: 0,
    },
  };
}

/** The lease as `identity` has it from now on: taken over, or held on to. */
export function renewLease(lease: Lease, terms: LeaseTerms): Lease {
  const at = microTime(terms.nowMs);
  const isMine = isHeldBy(lease, terms.identity);
  const { acquireTime = at, leaseTransitions = 0 } = lease.spec ?? {};
  return {
    ...lease,
    spec: {
      holderIdentity: terms.identity,
      leaseDurationSeconds: Math.ceil(terms.durationMs / 1000),
      acquireTime: isMine ? acquireTime : at,
      renewTime: at,
      leaseTransitions: leaseTransitions + (isMine ? 0 : 1),
    },
  };
}

/** The lease given back, so that the next one need not wait. */
export function releaseLease(lease: Lease, nowMs: number): Lease {
  return {
    ...lease,
    spec: { ...lease.spec, holderIdentity: '', leaseDurationSeconds: 1, renewTime: microTime(nowMs) },
  };
}

/** RFC 3339 with microseconds, as leases have it. */
function microTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000Z');
}
