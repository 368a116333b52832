import { createHash } from 'node:crypto';
import {
  CELL,
  formatLabels,
  type LayoutId,
  type Labels,
  type SeriesWriter,
  type SourceId,
} from '@daywatch/series';
import type { CheckResultStore } from '../check/check-result-store.ts';
import type { TargetBoard, TargetReport } from '../target/target-board.ts';
import type { Finding, Reading, ReadingSource } from './finding.ts';

export interface FindingWriterOptions {
  readonly series: SeriesWriter;
  readonly results: Pick<CheckResultStore, 'append'>;
  readonly board: Pick<TargetBoard, 'report'>;
  /**
   * Told how many samples were stored, as soon as they are: what is written with them may yet fail, and then nothing of
   * them is stored when all is written again. An end that is marked is a sample, a cell that is absent is none.
   */
  readonly onStored?: ((samples: number) => void) | undefined;
  /** Called before each step; what it throws ends the work there. Tests die at each of them. */
  readonly onStep?: ((step: WriteStep) => void) | undefined;
}

/** Where a process may die while it writes. */
export type WriteStep = 'prepared' | 'series-written' | 'results-written' | 'all-written';

/** What became of the readings. */
export interface WriteOutcome {
  readonly stored: number;
  /** Was there already: written before a failure whose outcome was not known. */
  readonly duplicates: number;
  /** Older than what its source has: another checker has gone on with the target, or a clock was set back. */
  readonly outOfOrder: number;
}

/** Writes findings. May be called again with the same after any failure: nothing is ever stored twice. */
export type WriteFindings = (findings: readonly Finding[]) => Promise<WriteOutcome>;

/** That a target stands as before is noted no more often than this: nobody looks that closely. */
const REPORT_EVERY_MS = 2000;

/** Targets whose series come and go make many. */
const REMEMBERED_LAYOUTS = 10_000;

export function createFindingWriter(options: FindingWriterOptions): WriteFindings {
  const { series, results, board, onStored = () => undefined, onStep = () => undefined } = options;
  const sources = new Map<string, SourceId>();
  const layouts = new WeakMap<readonly Labels[], LayoutId>();
  /** By what the lists say: equal targets, and what comes from the spool, have lists of their own that say the same. */
  const layoutsByText = new Map<string, LayoutId>();
  const reported = new Map<string, TargetReport>();

  async function sourceOf({ key, labels }: ReadingSource): Promise<SourceId> {
    const name = `${key}\n${formatLabels(labels)}`;
    const known = sources.get(name);
    if (known !== undefined) return known;
    const opened = await series.openSource(key, labels);
    sources.set(name, opened);
    return opened;
  }

  async function layoutOf(list: readonly Labels[]): Promise<LayoutId> {
    const known = layouts.get(list);
    if (known !== undefined) return known;
    const text = digestOf(list);
    const registered = layoutsByText.get(text) ?? (await series.registerLayout(list));
    if (layoutsByText.size >= REMEMBERED_LAYOUTS) layoutsByText.clear();
    layoutsByText.set(text, registered);
    layouts.set(list, registered);
    return registered;
  }

  async function toScrape(reading: Reading) {
    const { source, atMs, values, states, summary } = reading;
    return {
      source: await sourceOf(source),
      layout: await layoutOf(reading.series),
      atMs,
      values,
      ...(states ? { states } : {}),
      ...(summary ? { summary } : {}),
    };
  }

  async function writeReadings(readings: readonly Reading[]): Promise<WriteOutcome> {
    const scrapes = [];
    for (const reading of readings) scrapes.push(await toScrape(reading));
    onStep('prepared');
    const outcomes = scrapes.length === 0 ? [] : await series.append(scrapes);
    onStored(
      readings.reduce((sum, reading, i) => sum + (outcomes[i] === 'stored' ? countSamples(reading) : 0), 0),
    );
    onStep('series-written');
    const count = (outcome: string): number => outcomes.filter((each) => each === outcome).length;
    return {
      stored: count('stored'),
      duplicates: count('duplicate'),
      outOfOrder: count('out-of-order'),
    };
  }

  return async (findings) => {
    const added = findings.flatMap(({ result }) => (result ? [result] : []));
    const reports = chooseReports(
      findings.flatMap(({ report }) => (report ? [report] : [])),
      reported,
    );
    const [written] = await Promise.all([
      writeReadings(findings.flatMap(({ readings }) => readings)),
      added.length === 0 ? undefined : results.append(added).then(() => onStep('results-written')),
      reports.length === 0 ? undefined : board.report(reports),
    ]);
    for (const report of reports) reported.set(report.targetId, report);
    onStep('all-written');
    return written;
  };
}

function countSamples({ values, states }: Reading): number {
  let count = values.length;
  for (const state of states ?? []) if (state === CELL.absent) count -= 1;
  return count;
}

function digestOf(list: readonly Labels[]): string {
  const hash = createHash('sha256');
  for (const labels of list) hash.update(`${formatLabels(labels)}\n`);
  return hash.digest('base64');
}

/** Every change of a target's state, and else the latest report where the last that was noted is of some time ago. */
function chooseReports(
  reports: readonly TargetReport[],
  reported: ReadonlyMap<string, TargetReport>,
): readonly TargetReport[] {
  const latest = new Map(reported);
  const chosen: TargetReport[] = [];
  for (const report of reports) {
    const before = latest.get(report.targetId);
    if (before && isAlike(before, report) && report.atMs - before.atMs < REPORT_EVERY_MS) continue;
    latest.set(report.targetId, report);
    chosen.push(report);
  }
  return chosen;
}

function isAlike(a: TargetReport, b: TargetReport): boolean {
  return a.status === b.status && a.reason === b.reason && a.scrape.kind === b.scrape.kind;
}
