import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { Given, Then, When } from '@cucumber/cucumber';
import { API_VERSION } from '@daywatch/installation';
import { parse } from 'yaml';
import { waitFor } from '../../../../tests/_support/wait-for.ts';
import { hasSeenAll } from '../../tests/_support/has-seen-all.ts';
import type { OperatorWorld } from '../support/world.ts';
import type { KubeObject } from '../../src/cluster/kube-object.ts';

const API_VERSIONS: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  NetworkPolicy: 'networking.k8s.io/v1',
  Job: 'batch/v1',
  ScrapeTarget: API_VERSION,
  HealthCheck: API_VERSION,
  Daywatch: API_VERSION,
};

function identify({ stage }: OperatorWorld, kind: string, name: string) {
  const { namespace } = stage;
  return { apiVersion: API_VERSIONS[kind] ?? 'v1', kind, metadata: { name, namespace } };
}

When(
  'somebody deletes the {word} {string}',
  async function (this: OperatorWorld, kind: string, name: string) {
    await this.stage.admin.remove(identify(this, kind, name));
  },
);

When(
  'somebody changes the {word} {string} to',
  async function (this: OperatorWorld, kind: string, name: string, yaml: string) {
    const { spec } = this.get(kind, name) as KubeObject & { readonly spec?: unknown };
    const written = await this.stage.admin.merge(identify(this, kind, name), parse(yaml) as object);
    assert.notDeepEqual((written as typeof written & { readonly spec?: unknown }).spec, spec);
    this.changed = { spec, revision: BigInt(written.metadata.resourceVersion ?? '0') };
    await this.see(written);
  },
);

Then('the {word} {string} is put back', async function (this: OperatorWorld, kind: string, name: string) {
  const { changed } = this;
  assert.ok(changed);
  await this.expect(
    () => `${kind} ${name} to be put back, it is ${JSON.stringify(this.get(kind, name))}`,
    () => {
      const now = this.get(kind, name) as (KubeObject & { readonly spec?: unknown }) | undefined;
      return (
        BigInt(now?.metadata.resourceVersion ?? '0') > changed.revision && isDeepStrictEqual(now?.spec, changed.spec)
      );
    },
  );
});

Given('the {word} {string} is remembered', function (this: OperatorWorld, kind: string, name: string) {
  const uid = this.get(kind, name)?.metadata.uid;
  assert.ok(uid);
  this.remembered.set(`${kind} ${name}`, uid);
});

Then('there is another {word} {string}', async function (this: OperatorWorld, kind: string, name: string) {
  const before = this.remembered.get(`${kind} ${name}`);
  assert.ok(before);
  const uid = (): string | undefined => this.get(kind, name)?.metadata.uid;
  await this.expect(
    () => `another ${kind} ${name} than ${before}, it is ${uid()}`,
    () => uid() !== undefined && uid() !== before,
  );
});

Then('it is still the same {word} {string}', function (this: OperatorWorld, kind: string, name: string) {
  const before = this.remembered.get(`${kind} ${name}`);
  assert.ok(before);
  assert.equal(this.get(kind, name)?.metadata.uid, before);
});

Then('there is a {word} {string}', async function (this: OperatorWorld, kind: string, name: string) {
  await this.expect(
    () => `a ${kind} ${name}`,
    () => this.get(kind, name) !== undefined,
  );
});

Then('there is no {word} {string}', async function (this: OperatorWorld, kind: string, name: string) {
  await this.expect(
    () => `no ${kind} ${name}`,
    () => this.get(kind, name) === undefined,
  );
});

Then(
  'the {word} {string} has the {word} {string} {string}',
  function (this: OperatorWorld, kind: string, name: string, what: string, key: string, value: string) {
    const { metadata } = this.get(kind, name) ?? { metadata: undefined };
    const found = what === 'label' ? metadata?.labels : metadata?.annotations;
    assert.equal(found?.[key], value);
  },
);

Then('there is an event {string} of the Daywatch', async function (this: OperatorWorld, reason: string) {
  interface EventOfObject {
    readonly reason?: string;
    readonly involvedObject?: { readonly kind?: string; readonly name?: string };
  }
  const events = (): readonly EventOfObject[] => this.stage.mirror.list('Event') as readonly EventOfObject[];
  await this.expect(
    () => `an event ${reason}`,
    () =>
      events().some(
        (event) =>
          event.reason === reason &&
          event.involvedObject?.kind === 'Daywatch' &&
          event.involvedObject.name === this.name,
      ),
  );
});

Then(
  'the event {string} of {string} counts {int}',
  async function (this: OperatorWorld, reason: string, type: string, count: number) {
    interface CountedEvent {
      readonly reason?: string;
      readonly message?: string;
      readonly count?: number;
    }
    const counts = (): readonly (number | undefined)[] =>
      (this.stage.mirror.list('Event') as readonly CountedEvent[])
        .filter((event) => event.reason === reason && event.message?.startsWith(`${type} `))
        .map((event) => event.count);
    await this.expect(
      () => `one event that counts ${count}, there are: ${counts().join()}`,
      () => counts().join() === String(count),
    );
  },
);

Given('writing of Deployments named {string} is refused', function (this: OperatorWorld, name: string) {
  this.testCluster.server.faults.refuse({ verbs: ['patch'], resource: 'deployments', name, status: 403 });
});

Given('the operator may not list or watch {word}', async function (this: OperatorWorld, resource: string) {
  this.testCluster.server.faults.refuse({ verbs: ['list', 'watch'], resource, status: 403 });
  this.testCluster.server.faults.closeWatches({ resource });
});

type RefusedVerb = 'get' | 'create' | 'patch' | 'delete';

Given(
  '{word} requests for {word} are answered with {int}',
  function (this: OperatorWorld, verb: RefusedVerb, resource: string, status: 403 | 500 | 503) {
    this.testCluster.server.faults.refuse({ verbs: [verb], resource, status });
  },
);

Given('all requests are answered as they should be again', function (this: OperatorWorld) {
  this.testCluster.server.faults.clear();
});

function password(world: OperatorWorld): unknown {
  const { data } = (world.get('Secret', `${world.name}-database`) ?? {}) as { data?: Record<string, string> };
  return data?.['superuser-password'];
}

Given('the password of the database is noted', function (this: OperatorWorld) {
  this.noted = password(this);
  assert.ok(this.noted);
});

Given('the {word} {string} is noted', function (this: OperatorWorld, kind: string, name: string) {
  this.noted = password(this);
  this.notedObject = this.get(kind, name);
  assert.ok(this.notedObject);
});

When('somebody puts back what was noted', async function (this: OperatorWorld) {
  const { apiVersion, kind, metadata, ...content } = this.notedObject as KubeObject;
  const { name, namespace = '', labels = {} } = metadata;
  await this.see(
    await this.stage.admin.apply({ apiVersion, kind, metadata: { name, namespace, labels }, ...content }),
  );
});

Then('the password of the database is the same', function (this: OperatorWorld) {
  assert.equal(password(this), this.noted);
});

/** A new operator looks at everything, and has nothing to do. */
Then('nothing is written any more', async function (this: OperatorWorld) {
  await this.stage.stopOperators();
  const { mirror, monitor } = this.stage;
  const asked = monitor.asked();
  const fresh = this.stage.startOperator();
  const count = (...kinds: readonly string[]): number => kinds.flatMap((kind) => mirror.list(kind)).length;
  const counts = { daywatches: count('Daywatch'), targets: count('ScrapeTarget', 'HealthCheck') };
  await waitFor(
    'everything to be looked at',
    () => hasSeenAll(fresh.operator, counts, monitor, asked),
    this.pace.deadlineMs,
  );
  assert.deepEqual(fresh.writes, []);
});
