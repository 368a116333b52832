import type { Instant } from '../time/instant.ts';

/** What moving horizons came to. */
export interface ExtendResult {
  /** How many series got rows; fewer than asked for says that no more are due, or that others write to them. */
  readonly extended: number;
  /** How many of the new rows clash with what was there. */
  readonly conflicts: number;
}

/** Where a recomputation has come to; opaque. */
export interface RecomputeCursor {
  readonly calendarId: string;
  readonly eventId: string;
}

/** What recomputing a batch of events came to. */
export interface RecomputeResult {
  /** How many events were computed anew. */
  readonly recomputed: number;
  /** How many of their occurrences clash now. */
  readonly conflicts: number;
  /** Where to go on; undefined where all are done. */
  readonly next: RecomputeCursor | undefined;
}

/**
 * Keeps what is stored of series up to date with the passing of time. What listings and writes say does not
 * depend on when, or whether, it runs: it keeps them fast, and instants true to the zones' rules.
 */
export interface SeriesUpkeep {
  /**
   * Gives rows to endless series that have them up to less than `dueBefore`, up to `until` (exclusive): at
   * most `limit` series, each in a step of its own. A new row that clashes is kept and marked. Etags stay.
   */
  extendHorizon(
    options: { readonly dueBefore: Instant; readonly until: Instant; readonly limit: number },
    signal?: AbortSignal,
  ): Promise<ExtendResult>;

  /**
   * Computes anew, from their wall-clock times, events that are not over at `now` and were computed with
   * another time-zone database than the running one: at most `limit` of them. What clashes then is kept
   * and marked. Each is a change: etags differ afterwards.
   */
  recomputeZones(
    options: {
      readonly now: Instant;
      readonly limit: number;
      readonly after?: RecomputeCursor | undefined;
    },
    signal?: AbortSignal,
  ): Promise<RecomputeResult>;
}
