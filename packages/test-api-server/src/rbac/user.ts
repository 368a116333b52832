/** Who asks, as RBAC sees it. */
export interface User {
  readonly username: string;
  readonly groups: readonly string[];
  readonly uid?: string;
}

export interface ServiceAccountRef {
  readonly namespace: string;
  readonly name: string;
}

export const ANONYMOUS: User = { username: 'system:anonymous', groups: ['system:unauthenticated'] };

/** May do everything. */
export const ADMIN: User = {
  username: 'kubernetes-admin',
  groups: ['system:masters', 'system:authenticated'],
};

export function serviceAccountUser({ namespace, name }: ServiceAccountRef): User {
  return {
    username: `system:serviceaccount:${namespace}:${name}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
  };
}
