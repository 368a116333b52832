import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';

/** The user that PostgreSQL's programs run as. They refuse to run as root. */
export type RunAs =
  /** Ourselves: an ordinary user. */
  | { readonly kind: 'self' }
  /** Ourselves to everyone else, yet `uid` to itself: a user namespace that maps one to the other. */
  | { readonly kind: 'namespace'; readonly uid: number; readonly gid: number }
  /** Another user, which only root can become. */
  | { readonly kind: 'user'; readonly uid: number; readonly gid: number };

/**
 * The ways to run PostgreSQL, the preferred one first. Which of them works is found by trying.
 *
 * As root, a user namespace comes first because nothing has to change hands: the files stay root's and every folder
 * that root can enter will do. Data that an ordinary user made stays with that user.
 */
export function listWaysToRun(clusterOwner: number | undefined): readonly RunAs[] {
  const users = readUsers();
  const service = users.find(isNamed('postgres')) ?? users.find(isNamed('nobody')) ?? users[0];
  const inside = users.find((user) => user.uid !== OVERFLOW_ID) ?? { uid: 1000, gid: 1000 };
  const namespace: RunAs = { kind: 'namespace', uid: inside.uid, gid: inside.gid };

  if (process.getuid?.() !== 0) return hasName() ? [{ kind: 'self' }] : [namespace, { kind: 'self' }];
  const owner = users.find((user) => user.uid === clusterOwner);
  return [
    ...(clusterOwner === undefined || clusterOwner === 0 ? [] : [asUser(owner ?? numbered(clusterOwner))]),
    namespace,
    ...(service === undefined ? [] : [asUser(service)]),
  ];
}

/** The kernel shows owners that a namespace does not know as this id, so it must not be our own there. */
const OVERFLOW_ID = 65_534;

interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** `initdb` wants its user to have a name, so only users of this machine will do, and root is none of them. */
function readUsers(): readonly User[] {
  return readPasswd()
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter((user) => user.uid > 0 && user.gid > 0);
}

function readPasswd(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch {
    return '';
  }
}

function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    // A container that was started with a bare number as its user.
    return false;
  }
}

function isNamed(name: string): (user: User) => boolean {
  return (user) => user.name === name;
}

function numbered(uid: number): User {
  return { name: '', uid, gid: uid };
}

function asUser({ uid, gid }: User): RunAs {
  return { kind: 'user', uid, gid };
}
