import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { API_VERSION } from '@daywatch/installation';
import { parse } from 'yaml';
import type { KubeObject } from '../../src/cluster/kube-object.ts';
import { NAMESPACE, type OperatorWorld } from '../support/world.ts';

const API_VERSIONS: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  ScrapeTarget: API_VERSION,
  HealthCheck: API_VERSION,
};

function identify(kind: string, name: string) {
  return { apiVersion: API_VERSIONS[kind] ?? 'v1', kind, metadata: { name, namespace: NAMESPACE } };
}

When(
  'somebody deletes the {word} {string}',
  async function (this: OperatorWorld, kind: string, name: string) {
    await this.house.admin.remove(identify(kind, name));
  },
);

When(
  'somebody changes the {word} {string} to',
  async function (this: OperatorWorld, kind: string, name: string, yaml: string) {
    await this.house.admin.merge(identify(kind, name), parse(yaml) as object);
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
  const events = (): readonly { reason?: string }[] =>
    this.house.server.objects.list('Event', { namespace: NAMESPACE }) as readonly { reason?: string }[];
  await this.expect(
    () => `an event ${reason}`,
    () => events().some((event) => event.reason === reason),
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
      (this.house.server.objects.list('Event', { namespace: NAMESPACE }) as readonly CountedEvent[])
        .filter((event) => event.reason === reason && event.message?.startsWith(`${type} `))
        .map((event) => event.count);
    await this.expect(
      () => `one event that counts ${count}, there are: ${counts().join()}`,
      () => counts().join() === String(count),
    );
  },
);

Given('writing of Deployments named {string} is refused', function (this: OperatorWorld, name: string) {
  this.house.server.faults.refuse({ verbs: ['patch'], resource: 'deployments', name, status: 403 });
});

Given('the operator may not list or watch {word}', async function (this: OperatorWorld, resource: string) {
  this.house.server.faults.refuse({ verbs: ['list', 'watch'], resource, status: 403 });
  this.house.server.faults.closeWatches({ resource });
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
  await this.house.admin.apply({ apiVersion, kind, metadata: { name, namespace, labels }, ...content });
});

Then('the password of the database is the same', function (this: OperatorWorld) {
  assert.equal(password(this), this.noted);
});

Then('nothing is written any more', async function (this: OperatorWorld) {
  await this.house.expectQuiet();
});
