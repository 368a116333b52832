import assert from 'node:assert/strict';
import { Then, When } from '@cucumber/cucumber';
import type { ProcessName } from '../../support/monitor/monitor-client.ts';
import { waitFor } from '../../support/wait-for.ts';
import type { DaywatchWorld } from '../../support/world.ts';

const WELL = new Set(['pass', 'warn']);

interface Health {
  readonly status: string;
  readonly service_id: string;
  readonly checks: Readonly<Record<string, { readonly status: string; readonly component_type?: string }>>;
}

Then('the {process} is ready, and well', async function (this: DaywatchWorld, name: ProcessName) {
  assert.equal((await this.monitor.askProcess(name, '/health/ready')).status, 200);
  assert.equal((await this.monitor.askProcess(name, '/health/live')).status, 200);
  const { status, text } = await this.monitor.askProcess(name, '/health');
  assert.equal(status, 200, text);
  assert.ok(WELL.has((JSON.parse(text) as Health).status), text);
});

Then(
  "gometr's health names the service, and checks that are each well or warn",
  async function (this: DaywatchWorld) {
    const { status, text } = await this.monitor.askProcess('gometr', '/health');
    const health = JSON.parse(text) as Health;
    assert.equal(status, 200);
    assert.ok(health.service_id.length > 0);
    assert.ok(Object.keys(health.checks).length > 0);
    for (const check of Object.values(health.checks)) {
      assert.ok(WELL.has(check.status), text);
      assert.ok('component_id' in check && 'component_type' in check, text);
    }
  },
);

Then('gometr takes no POST of its health', async function (this: DaywatchWorld) {
  assert.equal((await this.monitor.askProcess('gometr', '/health', 'POST')).status, 405);
});

When('the counters of the {process} are noted', async function (this: DaywatchWorld, name: ProcessName) {
  this.noted.set(name, (await this.monitor.askProcess(name, '/metrics')).text);
});

Then(
  'the {process} has counted at least {int} more {series}',
  async function (this: DaywatchWorld, name: ProcessName, more: number, series: string) {
    const before = this.noted.get(name);
    assert.ok(before !== undefined, `the counters of the ${name} were not noted`);
    await waitFor(
      `${more} more ${series}`,
      async () => {
        const { status, text } = await this.monitor.askProcess(name, '/metrics');
        assert.equal(status, 200, text);
        return sum(text, series) - sum(before, series) >= more ? true : undefined;
      },
      () => `It was ${sum(before, series)}.`,
    );
  },
);

/** All samples that have these labels, whatever others they have. */
function sum(text: string, series: string): number {
  const [, name = '', given = ''] = /^([^{]*)(?:\{(.*)\})?$/.exec(series) ?? [];
  const labels = given === '' ? [] : given.split(',');
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .filter((line) => labels.every((label) => line.includes(label)))
    .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}
