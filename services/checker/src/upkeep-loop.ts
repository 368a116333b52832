import { setTimeout as delay } from 'node:timers/promises';
import type { CheckUpkeep } from '@daywatch/monitor';
import type { SeriesUpkeep } from '@daywatch/series';
import type { Availability } from '@daywatch/service-kit/lifecycle';
import type { Logger } from '@daywatch/service-kit/log';
import type { CheckerConfig } from './config.ts';
import type { CheckerMetrics } from './checker-metrics.ts';
import { createSealFailureLog } from './seal-failure-log.ts';

export interface UpkeepLoopOptions {
  readonly series: SeriesUpkeep;
  readonly results: CheckUpkeep;
  readonly retention: CheckerConfig['retention'];
  readonly metrics: CheckerMetrics;
  readonly logger: Logger;
  /** Told when the work cannot be done, and when it can again. */
  readonly availability: Availability;
}

/** A target with an interval of a second has a stretch to be sealed every two minutes. */
const ROUND_EVERY_MS = 10_000;
const DROP_EVERY_MS = 60 * 60_000;

interface Duty {
  readonly everyMs: number;
  readonly run: () => Promise<void>;
}

/** Seals scrapes into blocks, and drops what is past retention. Several processes may do so at once. */
export async function keepSmall(options: UpkeepLoopOptions, signal: AbortSignal): Promise<void> {
  const { series, results, retention, metrics, logger, availability } = options;
  const tellFailures = createSealFailureLog(logger);
  const duties: readonly Duty[] = [
    {
      everyMs: 0,
      async run() {
        const report = await series.seal(Date.now(), signal);
        metrics.countUpkeep(report);
        tellFailures(report.failures);
      },
    },
    { everyMs: DROP_EVERY_MS, run: () => dropOld(series, retention.metrics) },
    { everyMs: DROP_EVERY_MS, run: () => dropOld(results, retention.checks) },
  ];
  const dueMs = new Map<Duty, number>();

  async function dropOld(from: Pick<SeriesUpkeep, 'dropBefore'>, keptMs: number): Promise<void> {
    metrics.countDropped((await from.dropBefore(Date.now() - keptMs, signal)).length);
  }

  while (!signal.aborted) {
    // What one duty cannot do keeps no other from being done.
    const failures: unknown[] = [];
    for (const duty of duties) {
      if (performance.now() < (dueMs.get(duty) ?? 0)) continue;
      try {
        await duty.run();
        dueMs.set(duty, performance.now() + duty.everyMs);
      } catch (error) {
        if (signal.aborted) return;
        failures.push(error);
      }
    }
    if (failures.length === 0) availability.markUp();
    else availability.markDown(failures[0]);
    await delay(ROUND_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}
