import { isSameSentence } from '../daywatch/same-sentence.ts';

/** How the monitor of an installation says that a target stands. */
export interface Standing {
  /** What the checker calls it. */
  readonly name: string;
  readonly result: 'pass' | 'warn' | 'fail' | 'unknown';
  /** Why it does not pass. */
  readonly error: string | undefined;
  /** Which checker has it; undefined while none does. */
  readonly checker: string | undefined;
  /** Since when its checks have come out like that, RFC 3339. */
  readonly since: string | undefined;
  /** When it was last checked, RFC 3339. */
  readonly lastCheck: string | undefined;
}

/** What an installation says of its targets. */
export type Standings =
  | { readonly kind: 'known'; readonly byName: ReadonlyMap<string, Standing> }
  /** It cannot be asked, or, as after a start of the operator, has not been asked yet. */
  | { readonly kind: 'unknown' | 'unasked'; readonly why: string };

/** Asks the monitor of an installation how its targets stand. */
export interface MonitorReader {
  /** @throws Error with a sentence that says why it cannot be asked. */
  read(options: {
    readonly name: string;
    readonly namespace: string;
    /** Who asks; undefined where there is no token. */
    readonly token: string | undefined;
    readonly signal: AbortSignal;
  }): Promise<readonly Standing[]>;
}

/** Whether it says nothing that is worth a write: when it was last checked is not, nor how long that took. */
export function isSameStanding(
  a: Omit<Standing, 'name' | 'lastCheck'> | undefined,
  b: Omit<Standing, 'name' | 'lastCheck'> | undefined,
): boolean {
  return (
    a?.result === b?.result &&
    a?.checker === b?.checker &&
    a?.since === b?.since &&
    isSameSentence(a?.error, b?.error)
  );
}
