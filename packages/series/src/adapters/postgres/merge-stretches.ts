import { openBlock } from '@daywatch/blocks';
import type { Postgres, Queries } from '@daywatch/service-kit/postgres';

import { cutChains, planMerge, type MergePlan, type Piece } from '../../upkeep/plan-stretches.ts';
import { addReports, NO_UPKEEP, type UpkeepReport } from '../../upkeep/series-upkeep.ts';
import { createBreather } from './breather.ts';
import type { UpkeepStep } from './series-upkeep.ts';
import { addBlocks, addRecentBlocks } from './sql/add-blocks.ts';
import { ensureBlockPartition } from './sql/ensure-block-partition.ts';
import { getLayouts } from './sql/get-layouts.ts';
import { hasScrapes } from './sql/has-scrapes.ts';
import { listRecentStretches, type StretchRow } from './sql/list-recent-stretches.ts';
import { lockUpkeep } from './sql/lock-upkeep.ts';
import { takeBlocks } from './sql/take-blocks.ts';
import { BLOCK_ENCODING, bytesOf, countParts, joinBlocks, MAX_SPAN_MS, PARTS_AT_ONCE } from './stretch.ts';

/** Usually a source has fewer: seven of each kind. */
const PAGE = 64;

/**
 * Makes stretches that follow each other one, each in a transaction, until there is nothing to gain.
 * @returns what was merged.
 */
export async function mergeStretches(
  db: Postgres,
  source: number,
  idleBeforeMs: number,
  onStep: (step: UpkeepStep) => void | Promise<void>,
  signal?: AbortSignal,
): Promise<UpkeepReport> {
  let merged = NO_UPKEEP;
  for (;;) {
    const report = await db.transaction(async (queries) => {
      const [lock] = await queries.query(lockUpkeep, [source]);
      if (!lock?.taken) return NO_UPKEEP;
      const [rows, [scrapes]] = await Promise.all([
        queries.query(listRecentStretches, [source, PAGE]),
        queries.query(hasScrapes, [source]),
      ]);
      // What is not sealed yet may go on where the last chain stops.
      const mayGoOn = rows.length === PAGE || scrapes?.found === true;
      const plan = choose(rows.map(toPiece), mayGoOn, idleBeforeMs);
      return plan ? merge(queries, source, plan, onStep) : NO_UPKEEP;
    }, signal);
    if (report.mergedStretches === 0) return merged;
    await onStep('committed');
    merged = addReports(merged, report);
  }
}

function choose(
  pieces: readonly Piece[],
  mayGoOn: boolean,
  idleBeforeMs: number,
): MergePlan<Piece> | undefined {
  const chains = cutChains(pieces, { maxSpanMs: MAX_SPAN_MS });
  for (const [i, chain] of chains.entries()) {
    const isLast = i === chains.length - 1;
    const plan = planMerge(chain, !isLast || (!mayGoOn && (chain.at(-1)?.toMs ?? 0) < idleBeforeMs));
    if (plan) return plan;
  }
  return undefined;
}

async function merge(
  queries: Queries,
  source: number,
  { pieces, isFinal }: MergePlan<Piece>,
  onStep: (step: UpkeepStep) => void | Promise<void>,
): Promise<UpkeepReport> {
  const [first, last] = [pieces[0] as Piece, pieces.at(-1) as Piece];
  const [layout] = await queries.query(getLayouts, [[first.layout]]);
  const breathe = createBreather();
  const packed: Uint8Array[] = [];
  let replacedBytes = 0;
  // Part by part: the server ends a transaction that is idle for as long as all of a large target take.
  for (let part = 0; part < countParts(layout?.series.length ?? 0); part++) {
    const blocks = await takePart(queries, source, pieces, part);
    await onStep('removed');
    replacedBytes += bytesOf(blocks);
    packed.push(
      blocks.length === 1 ? (blocks[0] as Uint8Array) : await joinBlocks(blocks.map(openBlock), breathe),
    );
    await onStep('packed');
  }
  const count = pieces.reduce((sum, piece) => sum + piece.count, 0);
  const place = [source, first.fromMs, last.toMs, first.number, first.layout, count];
  if (isFinal) await queries.query(ensureBlockPartition, [first.fromMs]);
  for (let from = 0; from < packed.length; from += PARTS_AT_ONCE) {
    const parts = packed.slice(from, from + PARTS_AT_ONCE);
    await queries.query(isFinal ? addBlocks : addRecentBlocks, [...place, BLOCK_ENCODING, parts, from]);
  }
  await onStep('added');
  return { ...NO_UPKEEP, mergedStretches: pieces.length, writtenBytes: bytesOf(packed), replacedBytes };
}

/** The blocks of a part, which are removed, in the order of their time. */
async function takePart(
  queries: Queries,
  source: number,
  pieces: readonly Piece[],
  part: number,
): Promise<readonly Uint8Array[]> {
  const [fromMs, toMs] = [pieces[0]?.fromMs ?? NaN, pieces.at(-1)?.fromMs ?? NaN];
  const rows = await queries.query(takeBlocks, [source, fromMs, toMs, part]);
  if (rows.length !== pieces.length) {
    throw new Error(`part ${part} of source ${source} from ${fromMs} on lacks blocks: damaged by hand?`);
  }
  return [...rows].sort((a, b) => a.from_ms - b.from_ms).map(({ data }) => data);
}

function toPiece({ from_ms, to_ms, number, layout_id, count }: StretchRow): Piece {
  return { fromMs: from_ms, toMs: to_ms, number, count, layout: layout_id };
}
