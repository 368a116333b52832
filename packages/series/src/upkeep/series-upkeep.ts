/** What a round of upkeep did. */
export interface UpkeepReport {
  /** Scrapes that were packed into blocks. */
  readonly sealedScrapes: number;
  /** Samples of those, the three of the summary included. */
  readonly sealedSamples: number;
  /** Blocks of several stretches that became one. */
  readonly mergedStretches: number;
  /** Bytes of the blocks that were written, by sealing and by merging; their rows and indexes come on top. */
  readonly writtenBytes: number;
  /** Bytes of the blocks that merging has replaced. */
  readonly replacedBytes: number;
}

/** Nothing to do. */
export const NO_UPKEEP: UpkeepReport = {
  sealedScrapes: 0,
  sealedSamples: 0,
  mergedStretches: 0,
  writtenBytes: 0,
  replacedBytes: 0,
};

export function addReports(a: UpkeepReport, b: UpkeepReport): UpkeepReport {
  return {
    sealedScrapes: a.sealedScrapes + b.sealedScrapes,
    sealedSamples: a.sealedSamples + b.sealedSamples,
    mergedStretches: a.mergedStretches + b.mergedStretches,
    writtenBytes: a.writtenBytes + b.writtenBytes,
    replacedBytes: a.replacedBytes + b.replacedBytes,
  };
}

/** What a round of sealing did, and what it could not do. */
export interface SealReport extends UpkeepReport {
  /** Sources that were left as they are, or partly so: damaged by hand, or beyond what the database does in its time. */
  readonly failures: readonly SealFailure[];
}

export interface SealFailure {
  /** The key of the source. */
  readonly source: string;
  readonly error: Error;
}

/** Keeps the store small. Safe to run at any time, from several processes, and to kill at any moment. */
export interface SeriesUpkeep {
  /**
   * Packs scrapes into blocks, and small blocks into larger ones, where enough have come together.
   * A source that cannot be sealed keeps no other from it.
   * @param nowMs what is old is sealed even where it is little.
   * @throws DatabaseUnavailableError where the database cannot be asked at all.
   */
  seal(nowMs: number, signal?: AbortSignal): Promise<SealReport>;

  /**
   * Drops what is wholly older, a partition at a time: some of it may stay for up to ten days longer.
   * @returns the names of what was dropped.
   */
  dropBefore(cutoffMs: number, signal?: AbortSignal): Promise<readonly string[]>;
}
