import {
  DROP_REASONS,
  type CheckRun,
  type Finding,
  type Recorder,
  type Spool,
  type Watch,
} from '@daywatch/monitor';
import { addReports, NO_UPKEEP, type SealReport, type UpkeepReport } from '@daywatch/series';
import { createRegistry, Histogram, registerMetric, type Registry } from '@daywatch/service-kit/metrics';

/** What the checker has done, and what waits. */
export interface CheckerMetrics {
  readonly registry: Registry;
  readonly countRun: (run: CheckRun) => void;
  readonly countFinding: (finding: Finding) => void;
  readonly countStored: (samples: number) => void;
  readonly countUpkeep: (report: SealReport) => void;
  readonly countDropped: (partitions: number) => void;
  readonly countReload: (isGood: boolean) => void;
}

export interface CheckerMetricsOptions {
  readonly watch: () => Watch;
  readonly recorder: Recorder;
  readonly spool: Spool;
}

/** Seconds. */
const DELAY_BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];
const STATUSES = ['pass', 'warn', 'fail', 'unknown'] as const;

export function createCheckerMetrics({ watch, recorder, spool }: CheckerMetricsOptions): CheckerMetrics {
  const registry = createRegistry();
  const checks = new Map<string, number>(STATUSES.map((status) => [status, 0]));
  const delays = new Histogram('monitor_check_delay_seconds', DELAY_BOUNDS);
  const { counts } = recorder;
  let [stored, refused, dropped, unsealed, hasGoodConfig] = [0, 0, 0, 0, 1];
  let upkeep = NO_UPKEEP;

  const add = (type: 'counter' | 'gauge', name: string, help: string, read: () => number): void =>
    registerMetric(registry, { name, help, type, collect: () => [{ labels: {}, value: read() }] });
  const addBy = (
    name: string,
    help: string,
    label: string,
    values: readonly string[],
    read: (value: string) => number,
  ) =>
    registerMetric(registry, {
      name,
      help,
      type: 'counter',
      collect: () => values.map((value) => ({ labels: { [label]: value }, value: read(value) })),
    });

  addBy(
    'monitor_checks_total',
    'Checks that ended, by what came of them.',
    'status',
    STATUSES,
    (status) => checks.get(status) ?? 0,
  );
  add(
    'gauge',
    'monitor_checks_skipped',
    'Checks of the targets that are watched now which were left out, because the one before still ran or the checker was held up.',
    () =>
      watch()
        .checker.list()
        .reduce((sum, { skipped }) => sum + skipped, 0),
  );
  registerMetric(registry, {
    name: 'monitor_check_delay_seconds',
    help: 'How long after their time checks began.',
    type: 'histogram',
    collect: () => delays.samples(),
  });
  add(
    'gauge',
    'monitor_targets_configured',
    'Targets of the configuration.',
    () => watch().count().configured,
  );
  add(
    'gauge',
    'monitor_targets_watched',
    'Those that are the share of this checker.',
    () => watch().count().watched,
  );
  add(
    'counter',
    'monitor_results_written_total',
    'Checks whose results and samples are in the database.',
    () => counts.written,
  );
  add('counter', 'monitor_samples_written_total', 'Samples that are in the database.', () => stored);
  add(
    'counter',
    'monitor_samples_refused_total',
    'Samples that targets exposed and that cannot be stored: doubled ones, reserved names, times out of bounds.',
    () => refused,
  );
  add(
    'counter',
    'monitor_scrapes_known_total',
    'Scrapes that were in the database already when they were written again after a failure.',
    () => counts.duplicates,
  );
  add(
    'counter',
    'monitor_scrapes_out_of_order_total',
    'Scrapes that were older than what the database had of their target, and were left out.',
    () => counts.outOfOrder,
  );
  addBy(
    'monitor_results_dropped_total',
    'Checks whose results and samples were given up.',
    'reason',
    DROP_REASONS,
    (reason) => counts.dropped(reason as (typeof DROP_REASONS)[number]),
  );
  add('counter', 'monitor_writes_total', 'Groups of results that were written.', () => counts.groups);
  add(
    'counter',
    'monitor_writing_seconds_total',
    'How long writing them took.',
    () => counts.writingMs / 1000,
  );
  add(
    'gauge',
    'monitor_spool_results',
    'Checks whose results wait on the disk for the database.',
    () => spool.usage().findings,
  );
  add('gauge', 'monitor_spool_bytes', 'What they take there.', () => spool.usage().bytes);
  const addUpkeep = (name: string, help: string, key: keyof UpkeepReport): void =>
    add('counter', `monitor_${name}_total`, help, () => upkeep[key]);
  addUpkeep('scrapes_sealed', 'Scrapes that were packed into blocks.', 'sealedScrapes');
  addUpkeep('samples_sealed', 'Samples that were packed into blocks.', 'sealedSamples');
  addUpkeep('stretches_merged', 'Short blocks that became part of longer ones.', 'mergedStretches');
  addUpkeep(
    'block_bytes_written',
    'Bytes of the blocks that sealing and merging have written.',
    'writtenBytes',
  );
  addUpkeep('block_bytes_replaced', 'Bytes of the short blocks that merging has replaced.', 'replacedBytes');
  add(
    'counter',
    'monitor_seal_failures_total',
    'How often a source could not be packed into blocks; the log says which, and why.',
    () => unsealed,
  );
  add(
    'counter',
    'monitor_partitions_dropped_total',
    'Partitions that were dropped because they are past retention.',
    () => dropped,
  );
  add(
    'gauge',
    'monitor_configuration_good',
    'Whether the configuration as it is now could be used: 1, or 0 where the last good one is in use.',
    () => hasGoodConfig,
  );

  return {
    registry,
    countRun({ status, delayMs }) {
      checks.set(status, (checks.get(status) ?? 0) + 1);
      delays.observe(Math.max(0, delayMs) / 1000);
    },
    countFinding({ report }) {
      if (report?.scrape.kind === 'read') refused += report.scrape.refused;
    },
    countStored(samples) {
      stored += samples;
    },
    countUpkeep(report) {
      upkeep = addReports(upkeep, report);
      unsealed += report.failures.length;
    },
    countDropped(partitions) {
      dropped += partitions;
    },
    countReload(isGood) {
      hasGoodConfig = isGood ? 1 : 0;
    },
  };
}
