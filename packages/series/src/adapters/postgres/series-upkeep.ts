import type { Postgres } from '@daywatch/service-kit/postgres';

import { addReports, NO_UPKEEP, type SeriesUpkeep } from '../../upkeep/series-upkeep.ts';
import { SEALED_SCRAPES } from '../../upkeep/plan-stretches.ts';
import { mergeStretches } from './merge-stretches.ts';
import { sealScrapes } from './seal-scrapes.ts';
import { dropBlockPartitions } from './sql/drop-block-partitions.ts';
import { forgetLayouts } from './sql/forget-layouts.ts';
import { listHotSources } from './sql/list-hot-sources.ts';
import { removeRecentBlocks } from './sql/remove-recent-blocks.ts';

/** Scrapes that are older are sealed however few they are, and stretches that ended before are merged. */
const IDLE_AFTER_MS = 6 * 3_600_000;

/** Where a process may die; tests do, at each of them. */
export type UpkeepStep = 'packed' | 'added' | 'removed' | 'committed';

export interface UpkeepOptions {
  /** Called at each step; what it throws ends the work there. */
  readonly onStep?: (step: UpkeepStep) => void | Promise<void>;
}

export function createPostgresUpkeep(
  db: Postgres,
  { onStep = () => undefined }: UpkeepOptions = {},
): SeriesUpkeep {
  return {
    async seal(nowMs, signal) {
      let report = NO_UPKEEP;
      const idleBeforeMs = nowMs - IDLE_AFTER_MS;
      const sources = await db.query(listHotSources, [SEALED_SCRAPES, idleBeforeMs], signal);
      for (const { source_id } of sources) {
        for (;;) {
          const sealed = await sealScrapes(db, source_id, idleBeforeMs, onStep, signal);
          report = addReports(report, sealed);
          if (sealed.sealedScrapes === 0) break;
          // Merged in between, so that work that was left to lie is listed in short pages.
          report = addReports(report, await mergeStretches(db, source_id, idleBeforeMs, onStep, signal));
        }
      }
      return report;
    },
    async dropBefore(cutoffMs, signal) {
      const rows = await db.query(dropBlockPartitions, [cutoffMs], signal);
      await db.query(removeRecentBlocks, [cutoffMs], signal);
      await db.query(forgetLayouts, [cutoffMs], signal);
      return rows.map(({ name }) => name);
    },
  };
}
