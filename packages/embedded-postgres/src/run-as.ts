/** The user that PostgreSQL's programs run as. They refuse to run as root. */
export type RunAs =
  /** Ourselves: an ordinary user. */
  | { readonly kind: 'self' }
  /** Ourselves to everyone else, yet `uid` to itself: a user namespace that maps one to the other. */
  | { readonly kind: 'namespace'; readonly uid: number; readonly gid: number }
  /** Another user, which only root can ask for. */
  | { readonly kind: 'user'; readonly uid: number; readonly gid: number };

export function chooseRunAs(): RunAs {
  return process.getuid?.() === 0 ? { kind: 'namespace', uid: 1, gid: 1 } : { kind: 'self' };
}
