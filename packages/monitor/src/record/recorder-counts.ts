import type { WriteOutcome } from './finding-writer.ts';

/** Why findings were given up: no room on the disk, too many waiting for a disk that hangs, or no store takes them. */
export const DROP_REASONS = ['spool_full', 'queue_full', 'refused'] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** What a recorder has done since it was made. */
export class RecorderCounts {
  /** Findings that are in the database: one for each check. */
  written = 0;
  /** Readings that were there already, after a failure whose outcome was not known. */
  duplicates = 0;
  /** Readings that were older than what their source had. */
  outOfOrder = 0;
  /** Groups that were written, and how long that took together. */
  groups = 0;
  writingMs = 0;
  readonly #dropped = new Map<DropReason, number>();

  countWritten(findings: number, outcome: WriteOutcome, tookMs: number): void {
    this.written += findings;
    this.duplicates += outcome.duplicates;
    this.outOfOrder += outcome.outOfOrder;
    this.groups += 1;
    this.writingMs += tookMs;
  }

  countDropped(reason: DropReason, count: number): void {
    this.#dropped.set(reason, this.dropped(reason) + count);
  }

  dropped(reason: DropReason): number {
    return this.#dropped.get(reason) ?? 0;
  }
}
