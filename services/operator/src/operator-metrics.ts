import { createRegistry, registerMetric, type Registry, type Sample } from '@daywatch/service-kit/metrics';
import type { Queues } from './dispatch.ts';
import type { Informers } from './watching/open-informers.ts';

/** What is worked on. */
export type WorkKind = keyof Queues;

export interface OperatorMetrics {
  readonly registry: Registry;
  readonly countReconcile: (kind: WorkKind, result: 'done' | 'failed', elapsedMs: number) => void;
}

export interface OperatorMetricsOptions {
  readonly informers: Informers;
  readonly queues: () => Queues | undefined;
  readonly isLeading: () => boolean;
}

const KINDS = ['daywatches', 'targets'] as const satisfies readonly WorkKind[];
/** Seconds. */
const BOUNDS = [0.001, 0.005, 0.025, 0.1, 0.5, 1, 5, 30] as const;

interface Counts {
  readonly results: { done: number; failed: number };
  readonly buckets: Float64Array;
  sumSeconds: number;
}

export function createOperatorMetrics({
  informers,
  queues,
  isLeading,
}: OperatorMetricsOptions): OperatorMetrics {
  const registry = createRegistry();
  const counts = new Map<WorkKind, Counts>(
    KINDS.map((kind) => [
      kind,
      { results: { done: 0, failed: 0 }, buckets: new Float64Array(BOUNDS.length + 1), sumSeconds: 0 },
    ]),
  );
  registerMetric(registry, {
    name: 'operator_reconciles_total',
    help: 'How often an object was looked at and brought nearer to what it should be, by what came of it.',
    type: 'counter',
    collect: () =>
      [...counts].flatMap(([kind, { results }]) =>
        Object.entries(results).map(([result, value]) => ({ labels: { kind, result }, value })),
      ),
  });
  registerMetric(registry, {
    name: 'operator_reconcile_seconds',
    help: 'How long that took.',
    type: 'histogram',
    collect: () => [...counts].flatMap(([kind, count]) => toHistogram(kind, count)),
  });
  const queued = (name: string, help: string, field: 'wanted' | 'due' | 'running'): void =>
    registerMetric(registry, {
      name,
      help,
      type: 'gauge',
      collect: () => KINDS.map((kind) => ({ labels: { kind }, value: queues()?.[kind].count()[field] ?? 0 })),
    });
  queued(
    'operator_queue_length',
    'Objects that wait, those that are to be looked at later included.',
    'wanted',
  );
  queued('operator_queue_due', 'Objects that wait and could be looked at now.', 'due');
  queued('operator_queue_running', 'Objects that are worked on.', 'running');
  registerMetric(registry, {
    name: 'operator_leading',
    help: 'Whether this operator leads: 1, or 0 while another does.',
    type: 'gauge',
    collect: () => [{ labels: {}, value: isLeading() ? 1 : 0 }],
  });
  registerWatches(registry, informers);
  return {
    registry,
    countReconcile(kind, result, elapsedMs) {
      const count = counts.get(kind) as Counts;
      const seconds = elapsedMs / 1000;
      const at = BOUNDS.findIndex((bound) => seconds <= bound);
      const bucket = at < 0 ? BOUNDS.length : at;
      count.results[result]++;
      count.buckets[bucket] = (count.buckets[bucket] as number) + 1;
      count.sumSeconds += seconds;
    },
  };
}

function registerWatches(registry: Registry, { all }: Informers): void {
  const add = (
    type: 'counter' | 'gauge',
    name: string,
    help: string,
    read: (at: (typeof all)[number]) => number,
  ) =>
    registerMetric(registry, {
      name,
      help,
      type,
      collect: () =>
        all.map((informer) => ({ labels: { resource: informer.resource }, value: read(informer) })),
    });
  add(
    'counter',
    'operator_watch_restarts_total',
    'Watches that were begun anew because of an error, silence, or a history that was gone.',
    ({ counts }) => counts.restarts,
  );
  add(
    'counter',
    'operator_watch_lists_total',
    'How often everything was listed.',
    ({ counts }) => counts.lists,
  );
  add(
    'counter',
    'operator_watch_events_total',
    'Changes that watches have told.',
    ({ counts }) => counts.events,
  );
  add(
    'gauge',
    'operator_watch_last_event_age_seconds',
    'How long ago the API server last said something, bookmarks included.',
    (informer) => informer.silentMs() / 1000,
  );
  add('gauge', 'operator_watched_objects', 'Objects that are known.', (informer) => informer.size());
}

function toHistogram(kind: WorkKind, { buckets, sumSeconds }: Counts): readonly Sample[] {
  const name = 'operator_reconcile_seconds';
  let total = 0;
  const samples = Array.from(buckets, (value, i): Sample => {
    total += value;
    const bound = BOUNDS[i];
    return {
      metricName: `${name}_bucket`,
      labels: { kind, le: bound === undefined ? '+Inf' : String(bound) },
      value: total,
    };
  });
  return [
    ...samples,
    { metricName: `${name}_sum`, labels: { kind }, value: sumSeconds },
    { metricName: `${name}_count`, labels: { kind }, value: total },
  ];
}
