import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import {
  createChecker,
  createFindingWriter,
  Recorder,
  Watch,
  type CheckResultStore,
  type CheckUpkeep,
  type Clock,
  type Finding,
  type Spool,
  type TargetBoard,
  type TargetLeases,
  type TargetSettings,
} from '@daywatch/monitor';
import { openDiskSpool } from '@daywatch/monitor/disk';
import { createTarget } from '@daywatch/monitor/http';
import { createSystemClock } from '@daywatch/monitor/system';
import { createOutboundClient } from '@daywatch/outbound/http';
import type { SeriesStores } from '@daywatch/series';
import type { HealthCheck } from '@daywatch/service-kit/health';
import { createAvailability } from '@daywatch/service-kit/lifecycle';
import type { Logger } from '@daywatch/service-kit/log';
import type { Registry } from '@daywatch/service-kit/metrics';
import { createCheckerMetrics } from './checker-metrics.ts';
import type { CheckerConfig } from './config.ts';
import { readFence } from './fence.ts';
import { isHopeless } from './is-hopeless.ts';
import { keepSmall } from './upkeep-loop.ts';

/** Where a checker writes to. */
export interface CheckerStores {
  readonly series: Pick<SeriesStores, 'writer' | 'upkeep'>;
  readonly results: Pick<CheckResultStore, 'append'> & CheckUpkeep;
  readonly targets: { readonly leases: TargetLeases; readonly board: Pick<TargetBoard, 'report'> };
}

export interface CheckerPartOptions {
  readonly config: Pick<CheckerConfig, 'checker' | 'spool' | 'retention'>;
  readonly stores: CheckerStores;
  readonly logger: Logger;
  /** How long readings may still be written when it is disposed of. */
  readonly remainingDrainMs: () => number;
}

/** The checker as a part of a process. Disposing of it stops all checks, and keeps what was read. */
export interface CheckerPart extends AsyncDisposable {
  readonly registry: Registry;
  readonly healthCheck: HealthCheck;
  /** Watches these targets from now on. */
  readonly use: (targets: readonly TargetSettings[]) => void;
  /** Begins, once the database is as it has to be. */
  readonly begin: () => void;
  readonly countReload: (isGood: boolean) => void;
}

/** Hundreds of targets may lie behind one origin, and none may wait for another. */
const CONNECTIONS_PER_ORIGIN = 4096;
const IDLE_CONNECTIONS_PER_ORIGIN = 128;

/**
 * Opens the spool, and builds what checks.
 * @throws ConfigError, FolderInUseError
 */
export async function openCheckerPart(options: CheckerPartOptions): Promise<CheckerPart> {
  const { config, stores, logger, remainingDrainMs } = options;
  const fence = readFence(config.checker);
  const clock = createSystemClock();
  const resources = new AsyncDisposableStack();
  const outbound = resources.use(
    createOutboundClient({
      fence,
      maxConnectionsPerOrigin: CONNECTIONS_PER_ORIGIN,
      maxIdleConnectionsPerOrigin: IDLE_CONNECTIONS_PER_ORIGIN,
    }),
  );
  const spool = resources.use(
    await openDiskSpool({
      folder: config.spool.folder,
      maxBytes: config.spool.size,
      log: (line) => logger.warn(line),
    }),
  );
  const recorder = makeRecorder(stores, spool, clock, logger, (samples) => metrics.countStored(samples));
  const metrics = createCheckerMetrics({ watch: () => watch, recorder, spool });
  const watch = new Watch({
    checkerId: randomUUID(),
    checkerName: config.checker.name ?? hostname(),
    clock,
    leases: stores.targets.leases,
    log: logger,
    makeTarget: (settings) => createTarget(settings, { outbound, now: () => clock.now() }),
    makeChecker: ({ record, mayBegin }) =>
      createChecker({
        clock,
        log: logger,
        mayBegin,
        ownTrouble: () => describeTrouble(recorder),
        record: (run) => {
          metrics.countRun(run);
          record(run);
        },
      }),
    take: (finding: Finding) => {
      metrics.countFinding(finding);
      recorder.take(finding);
    },
  });
  const stopping = new AbortController();
  let upkeep: Promise<void> = Promise.resolve();
  return {
    registry: metrics.registry,
    healthCheck: {
      name: 'readings',
      componentType: 'component',
      isNeededForReadiness: false,
      check: () =>
        recorder.trouble() === undefined
          ? { status: 'pass' }
          : { status: 'warn', output: 'readings wait on the disk: the database does not take them' },
    },
    use: (targets) => watch.use(targets),
    countReload: metrics.countReload,
    begin() {
      recorder.start();
      watch.start();
      upkeep = keepSmall(
        {
          series: stores.series.upkeep,
          results: stores.results,
          retention: config.retention,
          metrics,
          logger,
          availability: createAvailability('keeping the monitor small', logger),
        },
        stopping.signal,
      );
    },
    async [Symbol.asyncDispose]() {
      stopping.abort(new Error('the checker stops'));
      await watch.stop(remainingDrainMs());
      await recorder.stop(remainingDrainMs());
      await upkeep;
      await resources.disposeAsync();
    },
  };
}

function makeRecorder(
  stores: CheckerStores,
  spool: Spool,
  clock: Clock,
  logger: Logger,
  onStored: (samples: number) => void,
): Recorder {
  const { series, results, targets } = stores;
  const write = createFindingWriter({ series: series.writer, results, board: targets.board, onStored });
  return new Recorder({ clock, write, spool, isHopeless, log: logger });
}

function describeTrouble(recorder: Recorder): string | undefined {
  return recorder.trouble() === undefined ? undefined : 'the database of the checker is away';
}
