import type { Operator } from '@daywatch/operator';
import type { StubMonitor } from './stub-monitor.ts';

/** How many objects of each kind there are. */
export interface Counts {
  readonly daywatches: number;
  readonly targets: number;
}

/**
 * Whether an operator that has begun a moment ago has looked at everything, and has nothing in hand. Targets are looked
 * at again when the monitor has said how they stand: that this was heeded is known when it is asked the next time.
 * @param askedBefore how often the monitor was asked before that operator began
 */
export async function hasSeenAll(
  { registry, isLeading }: Operator,
  counts: Counts,
  { asked }: StubMonitor,
  askedBefore: number,
): Promise<boolean> {
  if (!isLeading() || asked() <= askedBefore + counts.daywatches) return false;
  const metrics = (await registry.getMetricsAsJSON()) as unknown as readonly Metric[];
  const read = (name: string, kind: string, result?: string): number =>
    (metrics.find((metric) => metric.name === name)?.values ?? [])
      .filter(({ labels }) => labels.kind === kind && labels.result === result)
      .reduce((sum, { value }) => sum + value, 0);
  return Object.entries(counts).every(
    ([kind, count]) =>
      read('operator_reconciles_total', kind, 'done') >= count &&
      read('operator_queue_due', kind) === 0 &&
      read('operator_queue_running', kind) === 0,
  );
}

interface Metric {
  readonly name: string;
  readonly values: readonly {
    readonly labels: { readonly kind?: string; readonly result?: string };
    readonly value: number;
  }[];
}
