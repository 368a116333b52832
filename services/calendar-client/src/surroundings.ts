/** The machine as the client sees it; only main.ts knows the real one. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The current folder. */
  readonly cwd: string;
  /** The person's home folder. */
  readonly home: string;
  /** The zone of the machine, TZ respected; undefined where it cannot be told. */
  readonly systemZone: string | undefined;
  /** The present, in milliseconds since 1970. */
  readonly now: () => number;
  /** A fresh UUIDv7 in lower case. */
  readonly newId: () => string;
  readonly readFile: (path: string) => Promise<string>;
  readonly terminal: Terminal;
}

export interface Terminal {
  /** For data. */
  readonly writeOut: (text: string) => void;
  /** For talk: notes, questions, errors. */
  readonly writeErr: (text: string) => void;
  readonly isOutTty: boolean;
  readonly isErrTty: boolean;
  /** Whether somebody is there to answer a question. */
  readonly canAsk: boolean;
  /** The width of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
  readonly ask: (question: string) => Promise<string>;
}
