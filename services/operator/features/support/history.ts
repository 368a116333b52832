import type { KubeObject } from '../../src/cluster/kube-object.ts';
import type { LiveDeployment, LiveJob } from '../../src/cluster/live-objects.ts';
import { COMPONENT, MIGRATES_TO, VERSION_LABEL } from '../../src/daywatch/names.ts';
import type { Mirror } from './mirror.ts';

/** A Deployment that was told to have other pods. */
interface Replacement {
  readonly component: string;
  /** When: the API server counts all writes. */
  readonly revision: bigint;
}

/** What has happened in a namespace, in its order. */
export class History {
  readonly #mirror: Mirror;
  readonly #versions = new Map<string, string | undefined>();
  /** Uid to the version that a migration Job migrates to. */
  readonly #migrations = new Map<string, string>();
  readonly #migrationPods = new Map<string, { readonly job: string; hasFailed: boolean }>();
  readonly #ends = new Map<string, bigint>();
  #replacements: Replacement[] = [];
  #unavailable = new Set<string>();
  #isMarked = false;
  #podsBefore = new Map<string, readonly string[]>();

  constructor(mirror: Mirror) {
    this.#mirror = mirror;
    mirror.listen((object) => this.#hear(object));
  }

  /** From now on it is noticed when a part has no replica, and which pods there were. */
  mark(podsOf: (component: string) => readonly string[]): void {
    this.#isMarked = true;
    for (const { metadata } of this.#mirror.list('Deployment')) {
      const component = metadata.labels?.[COMPONENT] ?? '';
      this.#podsBefore.set(component, podsOf(component));
    }
  }

  podsBefore(component: string): readonly string[] {
    return this.#podsBefore.get(component) ?? [];
  }

  /** Forgets which Deployments were replaced. */
  beginChange(): void {
    this.#replacements = [];
  }

  get replacements(): readonly Replacement[] {
    return this.#replacements;
  }

  /** Those that had no replica at any moment since `mark`. */
  get unavailable(): readonly string[] {
    return [...this.#unavailable];
  }

  /** How many pods have run these migrations, or still do, but for those that failed. */
  countMigrations(version: string): number {
    const pods = [...this.#migrationPods.values()].filter(({ hasFailed }) => !hasFailed);
    return pods.filter(({ job }) => this.#migrations.get(job) === version).length;
  }

  /** When these migrations were done. */
  migratedAt(version: string): bigint | undefined {
    return this.#ends.get(version);
  }

  #hear(object: KubeObject): void {
    switch (object.kind) {
      case 'Deployment':
        return this.#hearDeployment(object);
      case 'Job':
        return this.#hearJob(object);
      case 'Pod':
        return this.#hearPod(object);
      default:
    }
  }

  #hearDeployment(deployment: LiveDeployment): void {
    const { metadata, spec, status } = deployment;
    const version = spec?.template?.metadata?.labels?.[VERSION_LABEL];
    const before = this.#versions.get(metadata.name);
    if (before !== undefined && version !== before)
      this.#replacements.push({
        component: metadata.labels?.[COMPONENT] ?? '',
        revision: BigInt(metadata.resourceVersion ?? '0'),
      });
    this.#versions.set(metadata.name, version);
    if (this.#isMarked && (status?.availableReplicas ?? 0) === 0) this.#unavailable.add(metadata.name);
  }

  #hearJob(job: LiveJob): void {
    const { uid = '', annotations, resourceVersion = '0' } = job.metadata;
    const version = annotations?.[MIGRATES_TO];
    if (version === undefined) return;
    this.#migrations.set(uid, version);
    const isDone = job.status?.conditions?.some(
      ({ type, status }) => type === 'Complete' && status === 'True',
    );
    if (isDone === true && !this.#ends.has(version)) this.#ends.set(version, BigInt(resourceVersion));
  }

  #hearPod(pod: KubeObject & { readonly status?: { readonly phase?: string } }): void {
    const { uid = '', ownerReferences = [] } = pod.metadata;
    const job = ownerReferences.find(({ kind }) => kind === 'Job');
    if (job !== undefined)
      this.#migrationPods.set(uid, { job: job.uid, hasFailed: pod.status?.phase === 'Failed' });
  }
}
