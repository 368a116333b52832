import { appendFileSync } from 'node:fs';
import { setDefaultTimeout, setWorldConstructor, After, Before, World } from '@cucumber/cucumber';
import { listUsedRights } from '../../tests/_support/used-rights.ts';
import { waitFor } from '../../../../tests/_support/wait-for.ts';
import { INSTANCE, COMPONENT } from '../../src/daywatch/names.ts';
import type { KubeObject } from '../../src/cluster/kube-object.ts';
import { conditionOf, openHouse, type House } from '../../tests/_support/house.ts';

export const NAMESPACE = 'demo';

setDefaultTimeout(60_000);

/** What one scenario has to do with: a cluster of its own. */
export class OperatorWorld extends World<{ readonly usedRights?: string }> {
  house: House = undefined as unknown as House;
  /** The Daywatch that is meant where none is named. */
  name = 'daywatch';
  /** The target that was spoken of last. */
  target: { readonly kind: string; readonly name: string } | undefined;
  noted: unknown;
  notedObject: KubeObject | undefined;
  readonly failingMigrations = new Set<string>();
  readonly brokenImages = new Set<string>();
  /** Whether every part had a replica at every look since the installation was there. */
  wasUnavailable: string[] = [];
  podsBefore = new Map<string, readonly string[]>();
  changedAtMs = 0;
  #looking: NodeJS.Timeout | undefined;

  async open(): Promise<void> {
    this.house = await openHouse();
    const { workloads } = this.house.server;
    workloads.isImageBroken = (image) => this.brokenImages.has(image);
    workloads.runJob = (job) =>
      this.failingMigrations.has(String(job.metadata.annotations?.['daywatch.dev/migrates-to']))
        ? 'fail'
        : 'succeed';
  }

  async close(): Promise<void> {
    clearInterval(this.#looking);
    const { usedRights } = this.parameters;
    if (usedRights !== undefined)
      appendFileSync(usedRights, `${listUsedRights(this.house.server).join('\n')}\n`);
    await this.house[Symbol.asyncDispose]();
  }

  get(kind: string, name: string): KubeObject | undefined {
    return this.house.server.objects.get(kind, NAMESPACE, name);
  }

  daywatch(name = this.name): KubeObject | undefined {
    return this.get('Daywatch', name);
  }

  /** Waits until a condition is like that. */
  async expectCondition(object: () => unknown, type: string, status: string, reason?: string): Promise<void> {
    const show = (): string => JSON.stringify(conditionOf(object(), type) ?? 'missing');
    await this.expect(
      () => `${type} to be ${status}${reason === undefined ? '' : ` because of ${reason}`}, it is ${show()}`,
      () => {
        const condition = conditionOf(object(), type);
        return condition?.status === status && (reason === undefined || condition.reason === reason);
      },
    );
  }

  /** Waits for what becomes true by itself. */
  async expect(what: () => string, isSo: () => boolean): Promise<void> {
    await waitFor('it', isSo, 30_000).catch(() => {
      throw new Error(`expected ${what()}`);
    });
  }

  pods(component: string): readonly string[] {
    return this.house.server.objects
      .list('Pod', {
        namespace: NAMESPACE,
        labelSelector: `${INSTANCE}=${this.name},${COMPONENT}=${component}`,
      })
      .map(({ metadata }) => metadata.name)
      .sort();
  }

  /** From now on it is noticed when a part has no replica, and which pods there were. */
  mark(): void {
    const deployments = this.house.server.objects.list('Deployment', { namespace: NAMESPACE });
    for (const { metadata } of deployments) {
      const component = metadata.labels?.[COMPONENT] ?? '';
      this.podsBefore.set(component, this.pods(component));
    }
    this.#looking ??= setInterval(() => this.#look(), 2);
  }

  #look(): void {
    for (const deployment of this.house.server.objects.list('Deployment', { namespace: NAMESPACE })) {
      const { availableReplicas = 0 } =
        (deployment as { status?: { availableReplicas?: number } }).status ?? {};
      if (availableReplicas === 0) this.wasUnavailable.push(deployment.metadata.name);
    }
  }
}

setWorldConstructor(OperatorWorld);

Before(async function (this: OperatorWorld) {
  await this.open();
});

After(async function (this: OperatorWorld) {
  await this.close();
});
