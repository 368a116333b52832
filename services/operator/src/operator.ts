import type { Daywatch, RandomText } from '@daywatch/installation';
import type { Clock } from '@daywatch/monitor';
import type { HealthCheck } from '@daywatch/service-kit/health';
import type { Logger } from '@daywatch/service-kit/log';
import type { Registry } from '@daywatch/service-kit/metrics';
import type { Cluster } from './cluster/cluster.ts';
import { parseKey, type KubeObject } from './cluster/kube-object.ts';
import type { OperatorConfig } from './config.ts';
import { reconcileDaywatch } from './daywatch/reconcile-daywatch.ts';
import { addAll, dispatchChanges, type Queues } from './dispatch.ts';
import { createEventRecorder } from './events/event-recorder.ts';
import { guardWrites } from './leadership/guard-writes.ts';
import { lead, type Mandate } from './leadership/lead.ts';
import { createOperatorMetrics, type WorkKind } from './operator-metrics.ts';
import { runWorkers, type Outcome } from './queue/run-workers.ts';
import { WorkQueue } from './queue/work-queue.ts';
import { createMonitorPoll } from './target/monitor-poll.ts';
import { reconcileTarget } from './target/reconcile-target.ts';
import type { MonitorReader } from './target/standing.ts';
import { TargetBook } from './target/target-book.ts';
import { formatTargetKey, installationOf, parseTargetKey } from './target/target-key.ts';
import type { TargetResource } from './target/resolve-target.ts';
import { describeUnsynced, openInformers } from './watching/open-informers.ts';

export interface OperatorOptions {
  readonly config: Pick<OperatorConfig, 'kubernetes' | 'leader' | 'watch' | 'work' | 'monitor'>;
  readonly cluster: Cluster;
  readonly monitor: MonitorReader;
  /** Its own among all operators, and new with each start. */
  readonly identity: string;
  readonly clock: Clock;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  /** Passwords that nobody guesses. */
  readonly randomText: RandomText;
  readonly logger: Logger;
}

export interface Operator {
  readonly registry: Registry;
  readonly healthChecks: readonly HealthCheck[];
  /** @throws Error while it does not know yet what there is in the cluster. */
  readonly checkSynced: () => void;
  readonly isLeading: () => boolean;
  /** Watches until the signal is aborted. Called first. */
  readonly watch: (signal: AbortSignal) => Promise<void>;
  /** Stands in line to lead, and works while it does. Called when what there is in the cluster is known. */
  readonly work: (signal: AbortSignal) => Promise<void>;
}

export function createOperator(options: OperatorOptions): Operator {
  const { config, cluster, identity, clock, random, logger } = options;
  const informers = openInformers({
    cluster,
    namespace: config.kubernetes.namespace,
    times: {
      watchTimeoutSeconds: Math.ceil(config.watch.timeout / 1000),
      silenceMs: config.watch.silence,
      relistMs: config.watch.relist,
      firstPauseMs: config.work.first_pause,
      longestPauseMs: Math.min(30_000, config.work.longest_pause),
    },
    clock,
    random,
    logger,
  });
  const book = new TargetBook({ ...informers, namespace: config.kubernetes.namespace });
  let queues: Queues | undefined;
  let isLeading = false;
  const metrics = createOperatorMetrics({ informers, queues: () => queues, isLeading: () => isLeading });
  dispatchChanges(informers, book, () => queues);

  function makeQueue(): WorkQueue {
    const { first_pause: firstPauseMs, longest_pause: longestPauseMs, gap: minGapMs } = config.work;
    return new WorkQueue({ clock, random, firstPauseMs, longestPauseMs, minGapMs });
  }

  /** Looks again after the time of a resync at the latest, spread so that not all objects come at once. */
  function again({ againAfterMs = Infinity }: Outcome): Outcome {
    return { againAfterMs: Math.min(againAfterMs, config.work.resync * (0.9 + 0.2 * random())) };
  }

  async function workUnder(mandate: Mandate): Promise<void> {
    const { signal } = mandate;
    using daywatches = makeQueue();
    using targets = makeQueue();
    const writing = guardWrites(cluster, mandate);
    const events = createEventRecorder({ cluster: writing, clock, instance: identity, logger });
    const poll = createMonitorPoll({
      cluster,
      reader: options.monitor,
      clock,
      everyMs: config.monitor.interval,
      daywatches: informers.daywatches,
      onNews: (installation, names) => {
        for (const [key, resource] of targetsOf(installation)) {
          const resolution = book.resolve(resource);
          const isConcerned =
            names === 'all' ||
            (resolution.kind === 'accepted' && resolution.endpoints.some(({ name }) => names.has(name)));
          if (isConcerned) targets.add(key);
        }
      },
      logger,
    });
    const reconciler = {
      observation: { owned: informers.owned, pods: informers.pods, cluster },
      cluster: writing,
      events,
      clock,
      random: options.randomText,
      logger,
      targetsOf: ({ metadata: { name, namespace = '' } }: Daywatch) => book.entriesOf({ name, namespace }),
    };
    const run = (
      kind: WorkKind,
      queue: WorkQueue,
      work: (key: string, signal: AbortSignal) => Promise<Outcome>,
    ) =>
      runWorkers(
        {
          name: kind,
          queue,
          count: config.work.workers,
          work,
          observe: (result, elapsedMs) => metrics.countReconcile(kind, result, elapsedMs),
          elapsed: () => clock.elapsed(),
          logger,
        },
        signal,
      );
    queues = { daywatches, targets };
    addAll(informers, queues);
    try {
      await Promise.all([
        run('daywatches', daywatches, async (key) => {
          const daywatch = informers.daywatches.get(parseKey(key)) as Daywatch | undefined;
          return daywatch === undefined ? {} : again(await reconcileDaywatch(reconciler, daywatch, signal));
        }),
        run('targets', targets, async (text) => {
          const key = parseTargetKey(text);
          if (book.get(key) === undefined) return {};
          const target = { book, cluster: writing, events, clock, standingsOf: poll.standingsOf };
          return again(await reconcileTarget(target, key, signal));
        }),
        poll.run(signal),
      ]);
    } finally {
      queues = undefined;
    }
  }

  function* targetsOf(installation: {
    readonly namespace: string;
    readonly name: string;
  }): Generator<readonly [string, TargetResource]> {
    for (const resource of ['scrapetargets', 'healthchecks'] as const) {
      for (const object of informers[resource].list(installation.namespace) as Iterable<
        KubeObject & TargetResource
      >) {
        if (installationOf(object).name !== installation.name) continue;
        yield [
          formatTargetKey({ resource, namespace: installation.namespace, name: object.metadata.name }),
          object,
        ];
      }
    }
  }

  return {
    registry: metrics.registry,
    healthChecks: [checkWatches(informers.all, config.watch.silence)],
    checkSynced() {
      const missing = describeUnsynced(informers);
      if (missing !== undefined) throw new Error(missing);
    },
    isLeading: () => isLeading,
    watch: async (signal) => {
      await Promise.all(informers.all.map((informer) => informer.run(signal)));
    },
    work: (signal) =>
      lead(
        {
          cluster,
          lease: { namespace: config.leader.namespace, name: config.leader.name },
          identity,
          times: leadershipTimes(config.leader.lease),
          clock,
          logger,
          onChange: (leads) => {
            isLeading = leads;
          },
        },
        workUnder,
        signal,
      ),
  };
}

function leadershipTimes(leaseMs: number) {
  return { leaseMs, renewDeadlineMs: (leaseMs * 2) / 3, retryMs: (leaseMs * 2) / 15 };
}

/** A watch that has been deaf for longer than it should be able to. */
function checkWatches(
  all: readonly { readonly resource: string; readonly silentMs: () => number }[],
  silenceMs: number,
): HealthCheck {
  return {
    name: 'watches',
    componentType: 'component',
    isNeededForReadiness: false,
    check: () => {
      const deaf = all.filter((informer) => informer.silentMs() > 2 * silenceMs + 60_000);
      if (deaf.length === 0) return { status: 'pass' };
      return {
        status: 'fail',
        output: `nothing has been heard of ${deaf.map(({ resource }) => resource).join(', ')}`,
      };
    },
  };
}
