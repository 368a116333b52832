/** What a round of upkeep did. */
export interface UpkeepReport {
  /** Scrapes that were packed into blocks. */
  readonly sealedScrapes: number;
  /** Blocks of several stretches that became one. */
  readonly mergedStretches: number;
}

/** Keeps the store small. Safe to run at any time, from several processes, and to kill at any moment. */
export interface SeriesUpkeep {
  /**
   * Packs scrapes into blocks, and small blocks into larger ones, where enough have come together.
   * @param nowMs what is old is sealed even where it is little.
   */
  seal(nowMs: number, signal?: AbortSignal): Promise<UpkeepReport>;

  /**
   * Drops what is wholly older, a partition at a time: some of it may stay for up to ten days longer.
   * @returns the names of what was dropped.
   */
  dropBefore(cutoffMs: number, signal?: AbortSignal): Promise<readonly string[]>;
}
