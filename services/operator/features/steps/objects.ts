import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { waitFor } from '../../../../tests/_support/wait-for.ts';
import { hasSeenAll } from '../../tests/_support/has-seen-all.ts';
import { identify } from '../support/identify.ts';
import type { OperatorWorld } from '../support/world.ts';
import type { KubeObject } from '../../src/cluster/kube-object.ts';

When(
  'somebody deletes the {word} {string}',
  async function (this: OperatorWorld, kind: string, name: string) {
    await this.stage.admin.remove(identify(this, kind, name));
  },
);

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
