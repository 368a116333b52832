/** The machine as the program sees it; only main.ts knows the real one. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The person's home folder. */
  readonly home: string;
  /** The working directory. */
  readonly cwd: string;
  readonly terminal: Terminal;
  /** A whole number from 0 (inclusive) to `below` (exclusive). */
  readonly random: (below: number) => number;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Hears of Ctrl-C and its like, time after time. @returns ends the hearing */
  readonly onInterrupt: (hear: (times: number) => void) => () => void;
  /** Ends at once, whatever is still to be done. */
  readonly exitNow: (code: number) => void;
}

interface Terminal {
  /** For what a program may want to read: results, tables. */
  readonly writeOut: (text: string) => void;
  /** For talk: progress, errors. */
  readonly writeErr: (text: string) => void;
  readonly isOutTty: boolean;
  readonly isErrTty: boolean;
  /** undefined where there is no terminal. */
  readonly columns: number | undefined;
}
