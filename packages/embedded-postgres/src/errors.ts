/** Stable reasons why PostgreSQL did not start. Programs branch on these, the message is for people. */
export type EmbeddedPostgresErrorCode =
  | 'aborted'
  | 'cannot_run_as_root'
  | 'data_newer'
  | 'data_older'
  | 'disk_full'
  | 'locked'
  | 'not_a_cluster'
  | 'platform_unsupported'
  | 'port_busy'
  | 'port_denied'
  | 'read_only'
  | 'start_failed'
  | 'wrong_owner';

export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
  readonly code: EmbeddedPostgresErrorCode;

  constructor(code: EmbeddedPostgresErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  static aborted(place: string, reason: unknown): EmbeddedPostgresError {
    return new EmbeddedPostgresError('aborted', `Starting PostgreSQL in ${place} was canceled.`, {
      cause: reason,
    });
  }

  /** The one place where any failure becomes ours. `place` is the file or folder that was being used. */
  static from(error: unknown, place: string): EmbeddedPostgresError {
    if (error instanceof EmbeddedPostgresError) return error;
    const text = error instanceof Error ? error.message : String(error);
    const [code, what] = classify(text) ?? ['start_failed', 'PostgreSQL could not be started in'];
    return new EmbeddedPostgresError(code, `${what} ${place}: ${text}`, { cause: error });
  }

  /** A program that gave up: its last lines say why, and some of those reasons have a code of their own. */
  static fromOutput(program: string, place: string, lines: readonly string[]): EmbeddedPostgresError {
    const known = classify(lines.join('\n'));
    if (known !== undefined) {
      const decisive = lines.find((line) => /FATAL|PANIC|could not|error/.test(line)) ?? lines.at(-1) ?? '';
      return new EmbeddedPostgresError(known[0], `${known[1]} ${place}: ${decisive.trim()}`);
    }
    const tail = lines.slice(-SHOWN_LINES).join('\n');
    return new EmbeddedPostgresError(
      'start_failed',
      `${program} failed for ${place}. Its last lines:\n${tail === '' ? '(none)' : tail}`,
    );
  }
}

const SHOWN_LINES = 15;

/** Root and an ordinary user cannot share one cluster: its files belong to one of them. */
export function wrongOwner(path: string, owner: number, cause?: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'wrong_owner',
    `${path} belongs to ${owner === 0 ? 'root' : `user ${owner}`}, and this is user ${process.getuid?.()}. ` +
      'Run this as that user, give the folder to yourself with chown -R, or choose another data folder.',
    { cause },
  );
}

/** True when a file system call failed with this errno name, such as `ENOENT`. */
export function hasErrno(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && names.includes(String(error.code));
}

/** The words are those of the C library in the C locale, or Node's errno names: nothing here is translated. */
const REASONS: readonly (readonly [RegExp, EmbeddedPostgresErrorCode, string])[] = [
  [
    /No space left on device|Disk quota exceeded|Check free disk space|ENOSPC|EDQUOT/,
    'disk_full',
    'The disk is full below',
  ],
  [
    /Read-only file system|EROFS/,
    'read_only',
    'PostgreSQL needs to write, and the file system is read-only, below',
  ],
  [
    /could not bind .*Permission denied/,
    'port_denied',
    'Only root may use a port below 1024, and PostgreSQL never runs as root, for',
  ],
  [
    /could not bind .*Address already in use|EADDRINUSE/,
    'port_busy',
    'Another program listens on the port wanted for',
  ],
  [
    /error while loading shared libraries|GLIBC_[\d.]+' not found/,
    'platform_unsupported',
    'This machine lacks a C library that PostgreSQL needs, to serve',
  ],
  [
    /EACCES|EPERM|Permission denied/,
    'read_only',
    'PostgreSQL needs to write, and this user has no permission, below',
  ],
];

function classify(text: string): readonly [EmbeddedPostgresErrorCode, string] | undefined {
  const reason = REASONS.find(([pattern]) => pattern.test(text));
  return reason === undefined ? undefined : [reason[1], reason[2]];
}
