import { timeNow } from '../api-state.ts';
import { controllerOf, writeStatus } from '../control/controller-write.ts';
import type { KubeObject } from '../object/kube-object.ts';
import type { Cluster } from './cluster.ts';
import { ended, isOfJob } from './kubelet.ts';
import { phaseOf } from './pods.ts';
import type { JobRun } from './workload-settings.ts';

/** Does what a Job's Pod does: asks the test what comes of it, once for each Pod. */
export class JobRunner {
  readonly #cluster: Cluster;
  readonly #running = new Map<string, AbortController>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** Begins with a Pod that runs; a second call for the same does nothing. */
  start(pod: KubeObject): void {
    const { uid = '', namespace } = pod.metadata;
    if (!isOfJob(pod) || phaseOf(pod) !== 'Running' || this.#running.has(uid)) return;
    const { state, workloads } = this.#cluster;
    const job = state.store.get('batch/jobs', namespace, controllerOf(pod)?.name ?? '');
    if (job === undefined) return;
    const aborter = new AbortController();
    this.#running.set(uid, aborter);
    const run: JobRun = { job, pod: pod.metadata.name, startedAtMs: state.clock.now() };
    workloads.jobRuns.push(run);
    void this.#run(run, pod, aborter.signal);
  }

  /** A Pod that is deleted stops working. */
  abort({ metadata }: KubeObject): void {
    this.#running.get(metadata.uid ?? '')?.abort();
    this.#running.delete(metadata.uid ?? '');
  }

  stop(): void {
    for (const aborter of this.#running.values()) aborter.abort();
    this.#running.clear();
  }

  async #run(run: JobRun, pod: KubeObject, signal: AbortSignal): Promise<void> {
    const { state, workloads, resources } = this.#cluster;
    signal.addEventListener('abort', () => (run.endedAtMs ??= state.clock.now()));
    // What a test throws is a Pod that fails: nobody else could tell it.
    const outcome = await Promise.try(workloads.runJob, run.job, signal).catch(() => 'fail' as const);
    if (signal.aborted) return;
    run.outcome = outcome;
    if (outcome === 'hang') return;
    run.endedAtMs = state.clock.now();
    const { namespace, name } = pod.metadata;
    const latest = state.store.get('/pods', namespace, name);
    if (latest?.metadata.uid !== pod.metadata.uid || latest === undefined) return;
    writeStatus(state, resources.pods, latest, ended(latest, outcome === 'succeed', timeNow(state)));
  }
}
