import { setTimeout as delay } from 'node:timers/promises';
import type { CheckUpkeep } from '@daywatch/monitor';
import type { SeriesUpkeep } from '@daywatch/series';
import type { Availability } from '@daywatch/service-kit/lifecycle';
import type { CheckerConfig } from './config.ts';
import type { CheckerMetrics } from './checker-metrics.ts';

export interface UpkeepLoopOptions {
  readonly series: SeriesUpkeep;
  readonly results: CheckUpkeep;
  readonly retention: CheckerConfig['retention'];
  readonly metrics: CheckerMetrics;
  /** Told when the work cannot be done, and when it can again. */
  readonly availability: Availability;
}

/** A target with an interval of a second has a stretch to be sealed every two minutes. */
const SEAL_EVERY_MS = 10_000;
const DROP_EVERY_MS = 60 * 60_000;

/** Seals scrapes into blocks, and drops what is past retention. Several processes may do so at once. */
export async function keepSmall(options: UpkeepLoopOptions, signal: AbortSignal): Promise<void> {
  const { series, results, retention, metrics, availability } = options;
  let dropAtMs = 0;

  async function dropOld(): Promise<void> {
    const now = Date.now();
    const dropped = [
      ...(await series.dropBefore(now - retention.metrics, signal)),
      ...(await results.dropBefore(now - retention.checks, signal)),
    ];
    metrics.countDropped(dropped.length);
    dropAtMs = performance.now() + DROP_EVERY_MS;
  }

  while (!signal.aborted) {
    try {
      metrics.countUpkeep(await series.seal(Date.now(), signal));
      if (performance.now() >= dropAtMs) await dropOld();
      availability.markUp();
    } catch (error) {
      if (signal.aborted) return;
      availability.markDown(error);
    }
    await delay(SEAL_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}
