import { appendFileSync } from 'node:fs';
import { KubeConfig } from '@kubernetes/client-node';
import { setDefaultTimeout, setWorldConstructor, After, Before, World } from '@cucumber/cucumber';
import { waitFor } from '../../../../tests/_support/wait-for.ts';
import { INSTANCE, COMPONENT } from '../../src/daywatch/names.ts';
import type { KubeObject } from '../../src/cluster/kube-object.ts';
import { conditionOf } from '../../tests/_support/house.ts';
import { listUsedRights } from '../../tests/_support/used-rights.ts';
import { History } from './history.ts';
import { FAST, realPace, type Pace } from './pace.ts';
import { openStage, type Stage } from './stage.ts';
import { startTestCluster, type TestCluster } from './test-cluster.ts';

/** What the runner hands on. */
export interface Parameters {
  /** Whether scenarios play in the cluster that KUBECONFIG names; each has a test API server of its own otherwise. */
  readonly isCluster?: boolean;
  /** How long what becomes true by itself may take there. */
  readonly deadlineMs?: number;
  /** Where its images come from: `registry.example/daywatch`. */
  readonly images?: string;
  /** The file that what the operator asked the test API server for is added to. */
  readonly usedRights?: string;
}

/** What scenarios call the namespace that is made for them. */
const NAMESPACE_IN_WORDS = /\bdemo\b/g;

/** What one scenario has to do with: a namespace of its own, in a cluster that is known by its API alone. */
export class OperatorWorld extends World<Parameters> {
  stage: Stage = undefined as unknown as Stage;
  history: History = undefined as unknown as History;
  /** Undefined in a real cluster. */
  #testCluster: TestCluster | undefined;
  /** The Daywatch that is meant where none is named. */
  name = 'daywatch';
  /** The target that was spoken of last. */
  target: { readonly kind: string; readonly name: string } | undefined;
  /** The uid of each object that a scenario compares with a later one: `Service daywatch-restapi`. */
  readonly remembered = new Map<string, string>();
  /** What somebody has changed last: what it was like, and when it was changed. */
  changed: { readonly spec: unknown; readonly revision: bigint } | undefined;
  noted: unknown;
  notedObject: KubeObject | undefined;

  get pace(): Pace {
    const { isCluster = false, deadlineMs = 600_000 } = this.parameters;
    return isCluster ? realPace(deadlineMs) : FAST;
  }

  /** Where the images of an installation come from. */
  get images(): string {
    return this.parameters.images ?? 'daywatch';
  }

  /** @throws Error in a real cluster, where nothing can be made to go wrong: such a scenario has the tag `@test-server` */
  get testCluster(): TestCluster {
    if (this.#testCluster !== undefined) return this.#testCluster;
    throw new Error('this step needs the test API server: its scenario must have the tag @test-server');
  }

  async open(): Promise<void> {
    const config = new KubeConfig();
    if (this.parameters.isCluster === true) config.loadFromDefault();
    else {
      this.#testCluster = await startTestCluster();
      config.loadFromString(this.#testCluster.server.kubeconfig());
    }
    this.stage = await openStage(config, this.pace);
    this.history = new History(this.stage.mirror);
  }

  async close(): Promise<void> {
    const cluster = this.#testCluster;
    cluster?.server.faults.clear();
    await this.stage[Symbol.asyncDispose]();
    if (cluster === undefined) return;
    const { usedRights } = this.parameters;
    if (usedRights !== undefined)
      appendFileSync(usedRights, `${listUsedRights(cluster.server).join('\n')}\n`);
    await cluster[Symbol.asyncDispose]();
  }

  /** What a scenario says, with the namespace as it is really called. */
  inWords(text: string): string {
    return text.replaceAll(NAMESPACE_IN_WORDS, this.stage.namespace);
  }

  get(kind: string, name: string): KubeObject | undefined {
    return this.stage.mirror.get(kind, name);
  }

  daywatch(name = this.name): KubeObject | undefined {
    return this.get('Daywatch', name);
  }

  /** Waits until a write is seen: what is looked at afterwards is not older. */
  async see(written: KubeObject): Promise<void> {
    const { kind, metadata } = written;
    await this.expect(
      () => `${kind} ${metadata.name} to be seen as written`,
      () => {
        const seen = this.get(kind, metadata.name)?.metadata.resourceVersion;
        return seen !== undefined && BigInt(seen) >= BigInt(metadata.resourceVersion ?? '0');
      },
    );
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
    const { deadlineMs, pollMs } = this.pace;
    await waitFor('it', isSo, deadlineMs, pollMs).catch(() => {
      throw new Error(`expected ${what()}`);
    });
  }

  /** The pods of a part that are not on their way out. */
  pods(component: string): readonly string[] {
    return this.stage.mirror
      .list('Pod', { [INSTANCE]: this.name, [COMPONENT]: component })
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .map(({ metadata }) => metadata.name)
      .sort();
  }
}

setWorldConstructor(OperatorWorld);
// Every wait and every request has a deadline of its own, which depends on the cluster.
setDefaultTimeout(-1);

Before(async function (this: OperatorWorld) {
  await this.open();
});

After(async function (this: OperatorWorld) {
  await this.close();
});
