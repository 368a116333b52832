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

  /** The one place where any failure becomes ours. `place` is the file or folder that was being used. */
  static from(error: unknown, place: string): EmbeddedPostgresError {
    if (error instanceof EmbeddedPostgresError) return error;
    if (isAbort(error)) {
      return new EmbeddedPostgresError('aborted', `Starting PostgreSQL in ${place} was canceled.`, {
        cause: error,
      });
    }
    const text = error instanceof Error ? error.message : String(error);
    const [code, what] = classify(text) ?? ['start_failed', 'PostgreSQL could not be started in'];
    return new EmbeddedPostgresError(code, `${what} ${place}: ${text}`, { cause: error });
  }

  /** A program that gave up: its last lines say why, and some of those reasons have a code of their own. */
  static fromOutput(program: string, place: string, lines: readonly string[]): EmbeddedPostgresError {
    const text = lines.join('\n');
    const [code, what] = classify(text) ?? ['start_failed', `${program} failed for`];
    return new EmbeddedPostgresError(code, `${what} ${place}. The last lines of ${program}:\n${text}`);
  }
}

/** True when a file system call failed with this errno name, such as `ENOENT`. */
export function hasErrno(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && names.includes(String(error.code));
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
}

/** The words are those of the C library in the C locale, or Node's errno names: nothing here is translated. */
const REASONS: readonly (readonly [RegExp, EmbeddedPostgresErrorCode, string])[] = [
  [/No space left on device|Disk quota exceeded|ENOSPC|EDQUOT/, 'disk_full', 'The disk is full below'],
  [
    /Read-only file system|EROFS/,
    'read_only',
    'PostgreSQL needs to write, and the file system is read-only, below',
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
