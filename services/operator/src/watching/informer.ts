import { backoffDelaysMs } from '@daywatch/service-kit/lifecycle';
import type { Clock } from '@daywatch/monitor';
import type { Logger } from '@daywatch/service-kit/log';
import type { Cluster, Selection } from '../cluster/cluster.ts';
import { ClusterError, isClusterError } from '../cluster/cluster-error.ts';
import { keyOf, type KubeObject, type ObjectKey } from '../cluster/kube-object.ts';
import type { ResourceName } from '../cluster/resources.ts';
import { ObjectCache, type Change } from './object-cache.ts';
import { waitOrAbort } from './wait-or-abort.ts';

/** How an informer keeps from going deaf. In milliseconds, but for the first. */
export interface WatchTimes {
  /** The API server ends each watch after that; the next goes on from where it ended. */
  readonly watchTimeoutSeconds: number;
  /** A watch that says nothing for so long, not even a bookmark, is taken for dead. The API server sends one a minute. */
  readonly silenceMs: number;
  /** After that everything is listed anew, whatever the watches said. */
  readonly relistMs: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

export const WATCH_TIMES: WatchTimes = {
  watchTimeoutSeconds: 240,
  silenceMs: 150_000,
  relistMs: 30 * 60_000,
  firstPauseMs: 200,
  longestPauseMs: 30_000,
};

export interface InformerOptions<T extends KubeObject> {
  readonly cluster: Pick<Cluster, 'list' | 'watch'>;
  readonly resource: ResourceName;
  readonly selection: Selection;
  /** What is kept of an object; the rest is not held in memory. */
  readonly keep: (object: KubeObject) => T;
  readonly times: WatchTimes;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
}

interface InformerCounts {
  /** Watches that were begun again because of an error, silence, or a history that was gone. */
  restarts: number;
  lists: number;
  events: number;
}

const MIN_WATCH_MS = 500;

/** Everything of one kind, as it is in the cluster, and what changes of it. */
export interface Informer<T extends KubeObject> {
  readonly resource: ResourceName;
  readonly get: (key: ObjectKey) => T | undefined;
  readonly list: (namespace?: string) => Iterable<T>;
  readonly size: () => number;
  /** Called for each change once the object has it. Add all listeners before it runs. */
  readonly onChange: (listener: (change: Change<T>) => void) => void;
  /** Called when `trouble` begins, ends, or becomes one of another kind. */
  readonly onTroubleChange: (listener: () => void) => void;
  /** Whether it has listed everything at least once. */
  readonly hasSynced: () => boolean;
  /** Why it knows nothing, or nothing new, at the moment. */
  readonly trouble: () => ClusterError | undefined;
  /** Milliseconds since the API server last said something. */
  readonly silentMs: () => number;
  readonly counts: Readonly<InformerCounts>;
  /** Lists and watches until the signal is aborted. Never throws: what fails is tried again. */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

/**
 * Lists everything of a kind, then watches what changes of it.
 *
 * ```
 *  list --resourceVersion--> watch --ended by the server--> watch (from where it was)
 *   ^                          |--gone, silence, relistMs over--> list
 *   '---- pause, error --------'--error--> pause --> watch (from where it was)
 * ```
 */
export function createInformer<T extends KubeObject>(options: InformerOptions<T>): Informer<T> {
  const { cluster, resource, selection, keep, times, clock, random, logger } = options;
  const cache = new ObjectCache<T>();
  const listeners: ((change: Change<T>) => void)[] = [];
  const troubleListeners: (() => void)[] = [];
  const counts: InformerCounts = { restarts: 0, lists: 0, events: 0 };
  let resourceVersion: string | undefined;
  let listedMs = -Infinity;
  let heardMs = clock.elapsed();
  let trouble: ClusterError | undefined;
  let hasSynced = false;

  /** What a listener cannot cope with must not pass for a watch that has failed: it would do so for ever. */
  function tell(change: Change<T>): void {
    for (const listener of listeners) {
      try {
        listener(change);
      } catch (error) {
        const { metadata } = (change.after ?? change.before) as T;
        logger.error(
          { err: error },
          `${resource} ${metadata.namespace}/${metadata.name}: its change was not heeded`,
        );
      }
    }
  }

  function hear(): void {
    heardMs = clock.elapsed();
    if (trouble === undefined) return;
    logger.info(`${resource}: watched again`);
    trouble = undefined;
    for (const listener of troubleListeners) listener();
  }

  function noteTrouble(failure: ClusterError): void {
    const before = trouble;
    trouble = failure;
    if (failure.message !== before?.message)
      logger.warn(`${resource}: cannot be watched: ${failure.message}`);
    if (failure.code !== before?.code) for (const listener of troubleListeners) listener();
  }

  async function listAll(signal: AbortSignal): Promise<void> {
    const list = await cluster.list(resource, { ...selection, keep }, signal);
    hear();
    counts.lists++;
    listedMs = clock.elapsed();
    resourceVersion = list.resourceVersion;
    const changes = cache.replaceAll(list.items as readonly T[]);
    hasSynced = true;
    for (const change of changes) tell(change);
  }

  /** Watches until the server ends it. @throws ClusterError `gone` also when everything has to be listed anew. */
  async function watchOnce(from: string, signal: AbortSignal): Promise<void> {
    const stopping = new AbortController();
    const watched = AbortSignal.any([signal, stopping.signal]);
    let cancel = (): void => undefined;
    const expectNews = (): void => {
      cancel();
      cancel = clock.setTimer(() => {
        stopping.abort(
          new ClusterError('gone', `${resource}: the watch said nothing for ${times.silenceMs} ms`),
        );
      }, times.silenceMs);
    };
    expectNews();
    try {
      const { watchTimeoutSeconds: timeoutSeconds } = times;
      const watch = { ...selection, resourceVersion: from, timeoutSeconds, signal: watched };
      for await (const event of cluster.watch(resource, watch)) {
        hear();
        expectNews();
        if (event.type === 'BOOKMARK') {
          resourceVersion = event.resourceVersion;
          continue;
        }
        counts.events++;
        resourceVersion = event.object.metadata.resourceVersion;
        tell(event.type === 'DELETED' ? cache.remove(keyOf(event.object)) : cache.put(keep(event.object)));
      }
    } catch (error) {
      throw stopping.signal.aborted ? stopping.signal.reason : error;
    } finally {
      cancel();
    }
    signal.throwIfAborted();
    hear();
  }

  async function listAndWatch(signal: AbortSignal): Promise<void> {
    if (resourceVersion === undefined || clock.elapsed() - listedMs >= times.relistMs) await listAll(signal);
    await watchOnce(resourceVersion as string, signal);
  }

  async function run(signal: AbortSignal): Promise<void> {
    const pauses = (): Generator<number, never> =>
      backoffDelaysMs({ firstMs: times.firstPauseMs, maxMs: times.longestPauseMs, random });
    let pause = pauses();
    while (!signal.aborted) {
      const [eventsBefore, beganMs] = [counts.events + counts.lists, clock.elapsed()];
      try {
        await listAndWatch(signal);
        if (clock.elapsed() - beganMs >= MIN_WATCH_MS) {
          pause = pauses();
          continue;
        }
        // A server that ends every watch at once is left alone for a moment as well.
      } catch (error) {
        if (signal.aborted) return;
        counts.restarts++;
        const failure = toClusterError(error);
        if (isClusterError(failure, 'gone')) resourceVersion = undefined;
        else noteTrouble(failure);
      }
      // What has just worked is tried again soon; what fails at every try, ever less often.
      if (counts.events + counts.lists > eventsBefore) pause = pauses();
      await waitOrAbort(clock, pause.next().value, signal);
    }
  }

  return {
    resource,
    get: (key) => cache.get(key),
    list: (namespace) => cache.list(namespace),
    size: () => cache.size,
    onChange: (listener) => listeners.push(listener),
    onTroubleChange: (listener) => troubleListeners.push(listener),
    hasSynced: () => hasSynced,
    trouble: () => trouble,
    silentMs: () => clock.elapsed() - heardMs,
    counts,
    run,
  };
}

function toClusterError(error: unknown): ClusterError {
  if (error instanceof ClusterError) return error;
  return new ClusterError('unavailable', error instanceof Error ? error.message : String(error), {
    cause: error,
  });
}
