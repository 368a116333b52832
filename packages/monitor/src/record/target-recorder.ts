import type { Scrape, Series } from '@daywatch/exposition';
import { CELL, InvalidLabelsError, makeLabels, SUMMARY_SERIES, type Labels } from '@daywatch/series';
import type { CheckRun } from '../checker/check-run.ts';
import { countRefused, LayoutLabeller, pickColumns } from '../scrape/label-layout.ts';
import type { TargetReport } from '../target/target-board.ts';
import type { TargetSettings } from '../target/target-settings.ts';
import { ColumnKeeper } from './column-keeper.ts';
import type { Finding, Reading, ReadingSource } from './finding.ts';
import { plainText } from './plain-text.ts';
import { TimedSamples } from './timed-samples.ts';

/**
 * Turns what came of the checks of one target into what is written: the series as Prometheus has them, with marks
 * where they end, the result of the check, and how the target stands now.
 */
export class TargetRecorder {
  readonly settings: TargetSettings;
  readonly #labels: Labels;
  readonly #source: ReadingSource;
  readonly #labeller: LayoutLabeller;
  readonly #columns = new ColumnKeeper();
  readonly #timed = new TimedSamples();
  #lastMs = -Infinity;

  constructor(settings: TargetSettings) {
    const { id, labels } = settings;
    this.settings = settings;
    this.#labels = makeLabels(labels.map(({ name, value }) => [name, value] as const));
    this.#source = { key: `target ${id}`, labels: this.#labels };
    this.#labeller = new LayoutLabeller({
      targetNames: new Set(labels.map(({ name }) => name)),
      honorsLabels: settings.kind === 'prometheus' && settings.honorsLabels,
    });
  }

  record(run: CheckRun): Finding {
    const { targetId, domain, atMs, durationMs, status } = run;
    this.#lastMs = Math.max(this.#lastMs, atMs);
    const reason = run.reason === undefined ? undefined : plainText(run.reason);
    const { readings, scrape } = this.#readMetrics(run);
    return {
      readings,
      result: { targetId, domain, atMs, durationMs, status, reason },
      report: { targetId, status, reason, atMs, durationMs, scrape },
    };
  }

  /** What is to be written when the target is watched no longer: all its series end, those of the checker too. */
  end(nowMs: number): Finding {
    const ending = this.#lastMs === -Infinity ? [] : [...this.#columns.listPresent(), ...SUMMARY_SERIES];
    this.#columns.takeNothing();
    if (ending.length === 0) return { readings: [] };
    const source = { key: `${this.#source.key} ended`, labels: this.#labels };
    const values = new Float64Array(ending.length);
    const states = new Uint8Array(ending.length).fill(CELL.stale);
    return {
      readings: [{ source, series: ending, atMs: Math.max(nowMs, this.#lastMs + 1), values, states }],
    };
  }

  #readMetrics(run: CheckRun): {
    readonly readings: readonly Reading[];
    readonly scrape: TargetReport['scrape'];
  } {
    const { metrics } = run;
    if (metrics.kind === 'failed')
      return this.#fail(run, plainText(metrics.reason), metrics.isDoubtful ?? false);
    try {
      return this.#read(run, metrics.isUp, metrics.scrape);
    } catch (error) {
      // The limits of a target are never wider than those of the store, but for characters that no store takes.
      if (!(error instanceof InvalidLabelsError)) throw error;
      return this.#fail(run, plainText(error.message), false);
    }
  }

  #read({ atMs, durationMs }: CheckRun, isUp: boolean, scrape: Scrape) {
    const labelled = this.#labeller.label(scrape.layout);
    const { series } = labelled;
    const values = pickColumns(scrape.values, labelled);
    const samples = scrape.layout.series.length + scrape.duplicates;
    const summary = { isUp, durationSeconds: durationMs / 1000, samples };
    const timestampsMs =
      scrape.timestampsMs && this.#honorsTimestamps()
        ? pickColumns(scrape.timestampsMs, labelled)
        : undefined;
    const timed = timestampsMs
      ? this.#timed.take(series, values, timestampsMs, atMs)
      : { rows: [], refused: 0 };
    const row = timestampsMs
      ? this.#takeUntimed(series, values, timestampsMs)
      : this.#columns.take(series, values);
    const readings: Reading[] = [{ source: this.#source, ...row, atMs, summary }];
    for (const { lane, ...timedRow } of timed.rows) {
      readings.push({
        source: { key: `${this.#source.key} times ${lane}`, labels: this.#labels },
        ...timedRow,
      });
    }
    // What a check makes itself has an `up` of its own, which is no mistake of the target's.
    const refused = this.settings.kind === 'http' ? 0 : countRefused(scrape, labelled) + timed.refused;
    return { readings, scrape: { kind: 'read', samples, refused } as const };
  }

  #takeUntimed(series: readonly Series[], values: Float64Array, timestampsMs: Float64Array) {
    const isUntimed = (column: number): boolean => Number.isNaN(timestampsMs[column]);
    return this.#columns.take(
      series.filter((_, column) => isUntimed(column)),
      values.filter((_, column) => isUntimed(column)),
    );
  }

  /** `up` is 0, and everything else has ended; but of a check that the checker itself spoilt, nothing is said. */
  #fail({ atMs, durationMs }: CheckRun, reason: string, isDoubtful: boolean) {
    const summary = { isUp: false, durationSeconds: durationMs / 1000, samples: 0 };
    const readings: Reading[] = isDoubtful
      ? []
      : [{ source: this.#source, ...this.#columns.takeNothing(), atMs, summary }];
    return { readings, scrape: { kind: 'failed', reason } as const };
  }

  #honorsTimestamps(): boolean {
    return this.settings.kind === 'prometheus' && this.settings.honorsTimestamps;
  }
}
