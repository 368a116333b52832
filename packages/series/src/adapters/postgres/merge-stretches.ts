import { encodeBlock, openBlock } from '@daywatch/blocks';
import type { Postgres, Queries } from '@daywatch/service-kit/postgres';

import { cutChains, planMerge, type MergePlan, type Piece } from '../../upkeep/plan-stretches.ts';
import { addReports, NO_UPKEEP, type UpkeepReport } from '../../upkeep/series-upkeep.ts';
import type { UpkeepStep } from './series-upkeep.ts';
import { addBlocks, addRecentBlocks } from './sql/add-blocks.ts';
import { ensureBlockPartition } from './sql/ensure-block-partition.ts';
import { hasScrapes } from './sql/has-scrapes.ts';
import { listRecentStretches, type StretchRow } from './sql/list-recent-stretches.ts';
import { lockUpkeep } from './sql/lock-upkeep.ts';
import { takeBlocks } from './sql/take-blocks.ts';
import { BLOCK_ENCODING, bytesOf, joinBlocks, MAX_SPAN_MS } from './stretch.ts';

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
  const blocks = await queries.query(takeBlocks, [source, first.fromMs, last.fromMs]);
  await onStep('removed');
  const parts = Map.groupBy(blocks, ({ part }) => part);
  const packed = Array.from({ length: parts.size }, (_, part) => {
    const ofPart = [...(parts.get(part) ?? [])].sort((a, b) => a.from_ms - b.from_ms);
    if (ofPart.length !== pieces.length) {
      throw new Error(
        `part ${part} of source ${source} from ${first.fromMs} on lacks blocks: damaged by hand?`,
      );
    }
    const [only] = ofPart;
    if (only && ofPart.length === 1) return only.data;
    return encodeBlock(joinBlocks(ofPart.map(({ data }) => openBlock(data))));
  });
  await onStep('packed');
  const count = pieces.reduce((sum, piece) => sum + piece.count, 0);
  const place = [source, first.fromMs, last.toMs, first.number, first.layout, count];
  if (isFinal) await queries.query(ensureBlockPartition, [first.fromMs]);
  await queries.query(isFinal ? addBlocks : addRecentBlocks, [...place, BLOCK_ENCODING, packed]);
  await onStep('added');
  return {
    ...NO_UPKEEP,
    mergedStretches: pieces.length,
    writtenBytes: bytesOf(packed),
    replacedBytes: bytesOf(blocks.map(({ data }) => data)),
  };
}

function toPiece({ from_ms, to_ms, number, layout_id, count }: StretchRow): Piece {
  return { fromMs: from_ms, toMs: to_ms, number, count, layout: layout_id };
}
