import { DatabaseUnavailableError, type Postgres } from '@daywatch/service-kit/postgres';

import {
  addReports,
  NO_UPKEEP,
  type SealFailure,
  type SeriesUpkeep,
  type UpkeepReport,
} from '../../upkeep/series-upkeep.ts';
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
      const failures: SealFailure[] = [];
      const idleBeforeMs = nowMs - IDLE_AFTER_MS;
      const sources = await db.query(listHotSources, [SEALED_SCRAPES, idleBeforeMs], signal);
      for (const { id, key } of sources) {
        try {
          for await (const step of sealSource(db, id, idleBeforeMs, onStep, signal))
            report = addReports(report, step);
        } catch (error) {
          if (signal?.aborted || isAway(error)) throw error;
          failures.push({ source: key, error: error as Error });
        }
      }
      return { ...report, failures };
    },
    async dropBefore(cutoffMs, signal) {
      const rows = await db.query(dropBlockPartitions, [cutoffMs], signal);
      await db.query(removeRecentBlocks, [cutoffMs], signal);
      await db.query(forgetLayouts, [cutoffMs], signal);
      return rows.map(({ name }) => name);
    },
  };
}

/** Work on one source until there is nothing left to do, and what each step of it did. */
async function* sealSource(
  db: Postgres,
  source: number,
  idleBeforeMs: number,
  onStep: (step: UpkeepStep) => void | Promise<void>,
  signal?: AbortSignal,
): AsyncGenerator<UpkeepReport> {
  for (;;) {
    const sealed = await sealScrapes(db, source, idleBeforeMs, onStep, signal);
    if (sealed.sealedScrapes === 0) return;
    yield sealed;
    // Merged in between, so that work that was left to lie is listed in short pages.
    yield await mergeStretches(db, source, idleBeforeMs, onStep, signal);
  }
}

/** No source is to blame, and the next one would fare no better. A lost connection may be what one source led to. */
function isAway(error: unknown): boolean {
  return (
    error instanceof DatabaseUnavailableError &&
    ['unreachable', 'overloaded', 'closed'].includes(error.reason)
  );
}
