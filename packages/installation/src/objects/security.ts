import type { Container, PodSpec } from '../kubernetes/index.ts';

/** A user and a group that no node has: above what distributions give to their own. */
const USER = 10_001;

/** What the restricted Pod Security Standard asks of a pod. */
export const POD_SECURITY: PodSpec['securityContext'] = {
  runAsNonRoot: true,
  runAsUser: USER,
  runAsGroup: USER,
  fsGroup: USER,
  // Once is enough, and a database refuses data whose rights somebody has changed behind its back.
  fsGroupChangePolicy: 'OnRootMismatch',
  seccompProfile: { type: 'RuntimeDefault' },
};

export const CONTAINER_SECURITY: Container['securityContext'] = {
  allowPrivilegeEscalation: false,
  privileged: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  runAsUser: USER,
  runAsGroup: USER,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};
