import assert from 'node:assert/strict';
import { Given, Then } from '@cucumber/cucumber';
import type { OperatorWorld } from '../support/world.ts';

Given('the migrations of {string} fail', function (this: OperatorWorld, version: string) {
  this.failingMigrations.add(version);
});

Given('the migrations of {string} succeed', function (this: OperatorWorld, version: string) {
  this.failingMigrations.delete(version);
});

Given('the image {string} cannot be pulled', function (this: OperatorWorld, image: string) {
  this.brokenImages.add(image);
});

Given('the image {string} can be pulled again', function (this: OperatorWorld, image: string) {
  this.brokenImages.delete(image);
});

function runsOf(world: OperatorWorld, version: string) {
  return world.house.server.workloads.jobRuns.filter(
    ({ job }) => job.metadata.annotations?.['daywatch.dev/migrates-to'] === version,
  );
}

Then('the migrations of {string} ran once', function (this: OperatorWorld, version: string) {
  assert.equal(runsOf(this, version).length, 1);
});

/** The Deployments that were written since the last change, in their order. */
function replaced(world: OperatorWorld) {
  return world.house.server.requests
    .writes()
    .filter(
      ({ verb, resource, isChange, atMs }) =>
        verb === 'patch' && resource === 'deployments' && isChange && atMs >= world.changedAtMs,
    );
}

Then('the parts were replaced in the order {}', function (this: OperatorWorld, order: string) {
  const names = [...new Set(replaced(this).map(({ name }) => name?.replace(`${this.name}-`, '')))];
  assert.deepEqual(names, order.split(', '));
});

Then('none was replaced before the migrations were done', function (this: OperatorWorld) {
  const ended = Math.max(
    ...this.house.server.workloads.jobRuns.map(({ endedAtMs }) => endedAtMs ?? Infinity),
  );
  assert.ok(replaced(this).length > 0);
  assert.ok(replaced(this).every(({ atMs }) => atMs >= ended));
});

Then('every part answered all the time', function (this: OperatorWorld) {
  assert.deepEqual([...new Set(this.wasUnavailable)], []);
});

/** The controllers of the cluster measure how long a step takes. */
Given('the part {string} has had its time', async function (this: OperatorWorld, component: string) {
  const isThere = (): boolean =>
    this.house.server.objects
      .list('Pod', { labelSelector: `app.kubernetes.io/component=${component}` })
      .some((pod) => JSON.stringify(pod).includes('ImagePull'));
  await this.expect(() => `${component} to have been tried`, isThere);
  await this.house.passTime(3_600_000);
});

Given('time goes by', async function (this: OperatorWorld) {
  await this.house.passTime(1000);
});
