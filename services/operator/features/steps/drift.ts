import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { Given, Then, When } from '@cucumber/cucumber';
import { parse } from 'yaml';
import type { KubeObject } from '../../src/cluster/kube-object.ts';
import { identify } from '../support/identify.ts';
import type { OperatorWorld } from '../support/world.ts';

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
      const now: (KubeObject & { readonly spec?: unknown }) | undefined = this.get(kind, name);
      return (
        BigInt(now?.metadata.resourceVersion ?? '0') > changed.revision &&
        isDeepStrictEqual(now?.spec, changed.spec)
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
