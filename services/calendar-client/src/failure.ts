/** How the program ends, for scripts. */
export const EXIT = { ok: 0, refused: 1, usage: 2, unreachable: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The command as it was typed makes no sense; `lines` say what to type instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** The message, and below it what may help. */
  readonly lines: readonly string[];

  constructor(message: string, ...help: readonly string[]) {
    super(message);
    this.lines = [message, ...help];
  }
}

/** What was asked for is not there, or the person said no; found out without the server's refusal. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  /** A stable code of the API. */
  readonly code: 'event_not_found' | 'occurrence_not_found' | 'calendar_not_found' | 'cancelled';
  readonly lines: readonly string[];

  constructor(code: RefusedError['code'], message: string, ...help: readonly string[]) {
    super(message);
    this.code = code;
    this.lines = [message, ...help];
  }
}
