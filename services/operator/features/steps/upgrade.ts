import assert from 'node:assert/strict';
import { Given, Then } from '@cucumber/cucumber';
import type { OperatorWorld } from '../support/world.ts';

Given('the migrations of {string} fail', function (this: OperatorWorld, version: string) {
  this.testCluster.failingMigrations.add(version);
});

Given('the migrations of {string} succeed', function (this: OperatorWorld, version: string) {
  this.testCluster.failingMigrations.delete(version);
});

Given('the image {string} cannot be pulled', function (this: OperatorWorld, image: string) {
  this.testCluster.brokenImages.add(image);
});

Given('the image {string} can be pulled again', function (this: OperatorWorld, image: string) {
  this.testCluster.brokenImages.delete(image);
});

async function ran(world: OperatorWorld, version: string, times: number): Promise<void> {
  await world.expect(
    () => `${times} runs, there are ${world.history.countMigrations(version)}`,
    () => world.history.countMigrations(version) === times,
  );
}

Then('the migrations of {string} ran once', async function (this: OperatorWorld, version: string) {
  await ran(this, version, 1);
});

Then(
  'the migrations of {string} ran {int} times',
  async function (this: OperatorWorld, version: string, times: number) {
    await ran(this, version, times);
  },
);

Then('the parts were replaced in the order {}', function (this: OperatorWorld, order: string) {
  const components = this.history.replacements.map(({ component }) => component);
  assert.deepEqual([...new Set(components)], order.split(', '));
});

Then(
  'none was replaced before the migrations to {string} were done',
  async function (this: OperatorWorld, version: string) {
    await this.expect(
      () => `the end of the migrations of ${version}`,
      () => this.history.migratedAt(version) !== undefined,
    );
    const migratedAt = this.history.migratedAt(version) ?? 0n;
    assert.ok(this.history.replacements.length > 0);
    for (const { component, revision } of this.history.replacements)
      assert.ok(revision > migratedAt, `${component} was replaced at ${revision}, migrated at ${migratedAt}`);
  },
);

Then('every part answered all the time', function (this: OperatorWorld) {
  assert.deepEqual(this.history.unavailable, []);
});

/** The controllers of the cluster measure how long a step takes. */
Given('the part {string} has had its time', async function (this: OperatorWorld, component: string) {
  await this.expect(
    () => `${component} to have been tried`,
    () =>
      this.stage.mirror
        .list('Pod', { 'app.kubernetes.io/component': component })
        .some((pod) => JSON.stringify(pod).includes('ImagePull')),
  );
  await this.testCluster.passTime(3_600_000);
});

/** What is deleted is then deleted long ago by the operator's own clock. */
Given(
  'the clock of the cluster is {int} minutes behind',
  async function (this: OperatorWorld, minutes: number) {
    await this.testCluster.passTime(-minutes * 60_000);
  },
);

Given('time goes by', async function (this: OperatorWorld) {
  await this.testCluster.passTime(1000);
});
