import { API_VERSION, applyDefaults, daywatchSpecSchema, type Daywatch } from '@daywatch/installation';
import type { KubeObject } from '../../src/cluster/kube-object.ts';
import type { LiveDeployment, LiveJob, LivePod } from '../../src/cluster/live-objects.ts';
import { resourceOf, type ResourceName } from '../../src/cluster/resources.ts';
import { VERSION_LABEL } from '../../src/daywatch/names.ts';
import { describeStatus } from '../../src/daywatch/describe-status.ts';
import { planInstallation, type InstallationPlan } from '../../src/daywatch/plan-installation.ts';
import type { View, Write } from '../../src/daywatch/view.ts';

/** Whether the pods of a workload come up, and whether migrations succeed. */
export interface Weather {
  readonly isImageGood: (image: string) => boolean;
  readonly isMigrationGood: () => boolean;
}

export const SUNSHINE: Weather = { isImageGood: () => true, isMigrationGood: () => true };

/** An installation on paper: what is decided about it is carried out at once, and nothing is ever late. */
export class PaperCluster {
  daywatch: Daywatch;
  nowMs = Date.UTC(2030, 0, 1);
  weather: Weather = SUNSHINE;
  readonly objects = new Map<string, KubeObject>();
  readonly secrets = new Map<string, readonly string[]>();
  /** The claims for volumes. */
  claims: readonly string[] = [];
  arePodsKnown = true;
  /** Which database there is. */
  database = 'claim/1';
  /** What was written, in order, as `apply Deployment daywatch-restapi`. */
  readonly log: string[] = [];
  /** The versions that migrations were begun for. */
  readonly migrations: string[] = [];
  #generation = 1;

  constructor(spec: object) {
    this.daywatch = {
      apiVersion: API_VERSION,
      kind: 'Daywatch',
      metadata: { name: 'daywatch', namespace: 'demo', uid: 'uid-1', generation: 1 },
      spec: applyDefaults(daywatchSpecSchema.json, { version: '0.1.0', ...spec }) as Daywatch['spec'],
    };
  }

  change(spec: object): void {
    const { metadata } = this.daywatch;
    this.daywatch = {
      ...this.daywatch,
      metadata: { ...metadata, generation: ++this.#generation },
      spec: applyDefaults(daywatchSpecSchema.json, { ...this.daywatch.spec, ...spec }) as Daywatch['spec'],
    };
  }

  view(pods: readonly LivePod[] = []): View {
    return {
      daywatch: this.daywatch,
      find: <T extends KubeObject>(resource: ResourceName, name: string) =>
        this.objects.get(`${resource}/${name}`) as T | undefined,
      owned: [...this.objects.values()],
      pods,
      arePodsKnown: this.arePodsKnown,
      secretKeys: this.secrets,
      claims: this.claims,
      database: this.database,
      targets: [],
      nowMs: this.nowMs,
    };
  }

  /** Looks once, does what is decided, and notes the status. */
  step(): InstallationPlan {
    const view = this.view();
    const plan = planInstallation(view, () => 'x'.repeat(48));
    if (!('writes' in plan)) throw new Error(plan.problems.map(({ message }) => message).join('; '));
    for (const write of plan.writes) this.#carryOut(write);
    this.daywatch = { ...this.daywatch, status: describeStatus(view, plan, []) };
    return plan;
  }

  /** What Kubernetes does by itself, all of it at once. */
  play(): void {
    this.nowMs += 1000;
    for (const [key, object] of this.objects) {
      if (object.kind === 'Deployment') this.objects.set(key, this.#rollOut(object));
      if (object.kind === 'StatefulSet')
        this.objects.set(key, {
          ...object,
          status: { observedGeneration: 1e9, readyReplicas: 1 },
        } as KubeObject);
      if (object.kind === 'Job') this.objects.set(key, this.#runJob(object));
    }
  }

  /** Until nothing is to be done any more. */
  settle(): void {
    for (let quiet = 0; quiet < 3; quiet++) {
      if (this.step().writes.length > 0) quiet = 0;
      this.play();
    }
  }

  condition(type: string): string {
    const condition = this.daywatch.status?.conditions?.find((each) => each.type === type);
    return `${condition?.status} ${condition?.reason}: ${condition?.message}`;
  }

  /** The version that the pods of each part are told to have. */
  versions(): Readonly<Record<string, string | undefined>> {
    const deployments = [...this.objects.values()].filter(
      ({ kind }) => kind === 'Deployment',
    ) as LiveDeployment[];
    return Object.fromEntries(
      deployments.map(({ metadata, spec }) => [
        metadata.name.replace('daywatch-', ''),
        spec?.template?.metadata?.labels?.[VERSION_LABEL],
      ]),
    );
  }

  #carryOut({ kind, object }: Write): void {
    this.log.push(`${kind} ${object.kind} ${object.metadata.name}`);
    if (object.kind === 'Secret') {
      this.secrets.set(
        object.metadata.name,
        Object.keys((object as { stringData?: object }).stringData ?? {}),
      );
      return;
    }
    const key = `${resourceOf(object)}/${object.metadata.name}`;
    if (kind === 'delete') this.objects.delete(key);
    else {
      if (object.kind === 'Job')
        this.migrations.push(String(object.metadata.annotations?.['daywatch.dev/migrates-to']));
      const before = this.objects.get(key) as { status?: object } | undefined;
      const generation = ++this.#generation;
      this.objects.set(key, {
        ...object,
        metadata: { ...object.metadata, generation },
        ...(before?.status === undefined ? {} : { status: before.status }),
      });
    }
  }

  #rollOut(object: LiveDeployment): LiveDeployment {
    const replicas = object.spec?.replicas ?? 1;
    const [container] = (
      object.spec as unknown as { template: { spec: { containers: { image: string }[] } } }
    ).template.spec.containers;
    const isGood = this.weather.isImageGood(container?.image ?? '');
    const status = isGood
      ? { replicas, updatedReplicas: replicas, readyReplicas: replicas, availableReplicas: replicas }
      : {
          replicas: replicas + 1,
          updatedReplicas: 1,
          readyReplicas: replicas,
          availableReplicas: replicas,
          conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }],
        };
    return { ...object, status: { ...status, observedGeneration: object.metadata.generation ?? 0 } };
  }

  #runJob(object: KubeObject): LiveJob {
    const job = object as LiveJob;
    if (job.status?.conditions !== undefined) return job;
    const type = this.weather.isMigrationGood() ? 'Complete' : 'Failed';
    const lastTransitionTime = new Date(this.nowMs).toISOString();
    return {
      ...job,
      status: {
        conditions: [{ type, status: 'True', reason: 'Played', message: 'as played', lastTransitionTime }],
      },
    };
  }
}
