import type { Postgres, Queries } from '@daywatch/service-kit/postgres';

import { cutChains, SEALED_SCRAPES } from '../../upkeep/plan-stretches.ts';
import { addReports, NO_UPKEEP, type UpkeepReport } from '../../upkeep/series-upkeep.ts';
import { createBreather } from './breather.ts';
import type { UpkeepStep } from './series-upkeep.ts';
import { addRecentBlocks } from './sql/add-blocks.ts';
import { getLayouts } from './sql/get-layouts.ts';
import { listScrapesOfSource } from './sql/list-scrapes-of-source.ts';
import { lockUpkeep } from './sql/lock-upkeep.ts';
import { removeScrapes } from './sql/remove-scrapes.ts';
import {
  BLOCK_ENCODING,
  bytesOf,
  columnsOfRows,
  countParts,
  countSamples,
  MAX_SPAN_MS,
  packPart,
  PARTS_AT_ONCE,
  type ScrapeRow,
} from './stretch.ts';

/** The rows of one read: a few stretches. */
const PAGE = SEALED_SCRAPES * 8;

/**
 * Packs the oldest scrapes of a source into blocks and removes their rows, in one transaction.
 * @returns what was sealed: nothing where there is nothing to do, or another process does it.
 */
export async function sealScrapes(
  db: Postgres,
  source: number,
  idleBeforeMs: number,
  onStep: (step: UpkeepStep) => void | Promise<void>,
  signal?: AbortSignal,
): Promise<UpkeepReport> {
  const sealed = await db.transaction(async (queries) => {
    const [lock] = await queries.query(lockUpkeep, [source]);
    if (!lock?.taken) return NO_UPKEEP;
    const rows = await queries.query(listScrapesOfSource, [source, PAGE]);
    let report = NO_UPKEEP;
    for (const stretch of chooseStretches(rows, idleBeforeMs))
      report = addReports(report, await sealStretch(queries, source, stretch, onStep));
    return report;
  }, signal);
  if (sealed.sealedScrapes > 0) await onStep('committed');
  return sealed;
}

/** Whole stretches, and what nothing will be added to. */
function chooseStretches(
  rows: readonly ScrapeRow[],
  idleBeforeMs: number,
): readonly (readonly ScrapeRow[])[] {
  const pieces = rows.map((row) => ({
    fromMs: row.at_ms,
    toMs: row.at_ms,
    number: row.number,
    count: 1,
    layout: row.layout_id,
    row,
  }));
  const chosen: (readonly ScrapeRow[])[] = [];
  const chains = cutChains(pieces, { maxSpanMs: MAX_SPAN_MS });
  for (const [i, chain] of chains.entries()) {
    const isOpen =
      i === chains.length - 1 && (rows.length === PAGE || (rows.at(-1)?.at_ms ?? 0) >= idleBeforeMs);
    for (let at = 0; at < chain.length; at += SEALED_SCRAPES) {
      const stretch = chain.slice(at, at + SEALED_SCRAPES);
      if (stretch.length === SEALED_SCRAPES || !isOpen) chosen.push(stretch.map(({ row }) => row));
    }
  }
  return chosen;
}

async function sealStretch(
  queries: Queries,
  source: number,
  rows: readonly ScrapeRow[],
  onStep: (step: UpkeepStep) => void | Promise<void>,
): Promise<UpkeepReport> {
  const [first, last] = [rows[0] as ScrapeRow, rows.at(-1) as ScrapeRow];
  const [layout] = await queries.query(getLayouts, [[first.layout_id]]);
  const seriesCount = layout?.series.length ?? 0;
  const breathe = createBreather();
  const columns = await columnsOfRows(rows, seriesCount, breathe);
  const place = [source, first.at_ms, last.at_ms, first.number, first.layout_id, rows.length, BLOCK_ENCODING];
  let writtenBytes = 0;
  // In pieces: the server ends a transaction that is idle for as long as all parts of a large target take.
  for (let from = 0; from < countParts(seriesCount); from += PARTS_AT_ONCE) {
    const parts: Uint8Array[] = [];
    for (let part = from; part < Math.min(from + PARTS_AT_ONCE, countParts(seriesCount)); part++)
      parts.push(await packPart(columns, part, breathe));
    await onStep('packed');
    await queries.query(addRecentBlocks, [...place, parts, from]);
    await onStep('added');
    writtenBytes += bytesOf(parts);
  }
  const removed = await queries.query(removeScrapes, [source, first.at_ms, last.at_ms]);
  // Nothing but upkeep removes scrapes, and nothing is added before the last one: both hold by locks.
  if (removed.length !== rows.length) {
    throw new Error(
      `sealing ${rows.length} scrapes of source ${source} would have removed ${removed.length}`,
    );
  }
  await onStep('removed');
  return {
    ...NO_UPKEEP,
    sealedScrapes: rows.length,
    sealedSamples: countSamples(columns),
    writtenBytes,
  };
}
