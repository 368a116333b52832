import assert from 'node:assert/strict';
import { Given, setParallelCanAssign, Then, When } from '@cucumber/cucumber';
import type { CheckView, TargetView } from '../../support/monitor/monitor-client.ts';
import { waitFor } from '../../support/wait-for.ts';
import type { DaywatchWorld } from '../../support/world.ts';

const WELL = { status: 200, body: '{"status":"pass"}' };

/** Nobody directs a service that another scenario is directing. */
setParallelCanAssign((pickle, running) => {
  const tags = new Set(pickle.tags.map(({ name }) => name).filter((name) => name.startsWith('@directs:')));
  return !running.some((other) => other.tags.some(({ name }) => tags.has(name)));
});

Given('{service} is well, and seen to be', async function (this: DaywatchWorld, service: string) {
  await this.stage.direct(service, '/health', [WELL]);
  await this.stage.direct(service, '/metrics', [{ body: 'visits_total 7\n' }]);
  await this.stage.direct(service, '/', [{ body: 'Welcome' }]);
  await waitForState(this, service, ['pass']);
  const [last] = await this.monitor.checks(await this.token(), { domain: service, num: 1 });
  this.since = last?.timestamp;
});

When('{service} is well again', async function (this: DaywatchWorld, service: string) {
  await this.stage.direct(service, '/health', [WELL]);
});

When(
  '{service} answers its health with the status {int}',
  async function (this: DaywatchWorld, service: string, status: number) {
    await this.stage.direct(service, '/health', [{ status }]);
  },
);

When(
  '{service} answers its health with the status {int} and the body {json}',
  async function (this: DaywatchWorld, service: string, status: number, body: string) {
    await this.stage.direct(service, '/health', [{ status, body }]);
  },
);

When('{service} never answers its health', async function (this: DaywatchWorld, service: string) {
  await this.stage.direct(service, '/health', [{ hangs: true }]);
});

When(
  '{service} answers with the status {int}',
  async function (this: DaywatchWorld, service: string, status: number) {
    this.since = new Date().toISOString();
    await this.stage.direct(service, '/', [{ status, body: 'Welcome' }]);
  },
);

Then('before long {service} is seen to be well', async function (this: DaywatchWorld, service: string) {
  // A busy machine makes gometr warn, and that is well.
  await waitForState(this, service, ['pass', 'warn']);
});

Then(
  'before long {service} is seen to {state}',
  async function (this: DaywatchWorld, service: string, state: string) {
    await waitForState(this, service, [state]);
  },
);

Then(
  'before long {service} is seen to {state}: {string}',
  async function (this: DaywatchWorld, service: string, state: string, reason: string) {
    await waitForState(this, service, [state], reason);
  },
);

Then(
  'the last checks of {service} are there, oldest first',
  async function (this: DaywatchWorld, domain: string) {
    const checks = await this.monitor.checks(await this.token(), { domain });
    assert.ok(checks.length > 0);
    for (const check of checks) assert.equal(check.domain, domain);
    const times = checks.map(({ timestamp }) => timestamp);
    assert.deepEqual(times, times.toSorted());
  },
);

Then(
  'the checks of {service} went from pass to fail to pass',
  async function (this: DaywatchWorld, domain: string) {
    await waitFor('the three', async () => {
      const statuses = (await checksSince(this, domain)).map(({ status }) => status);
      const changes = statuses.filter((status, at) => status !== statuses[at - 1]).join(' ');
      return changes.endsWith('fail pass') && statuses[0] === 'pass' ? true : undefined;
    });
  },
);

Then('its next checks read as pass', async function (this: DaywatchWorld) {
  const token = await this.token();
  const [first] = (await this.monitor.checks(token, { domain: 'bakery', num: 1 })) ?? [];
  const next = await waitFor('two checks more', async () => {
    const checks = await this.monitor.checks(token, { domain: 'bakery', num: 2 });
    return checks.every(({ id }) => id > (first?.id ?? 0)) ? checks : undefined;
  });
  assert.deepEqual(
    next.map(({ status }) => status),
    ['pass', 'pass'],
  );
  await waitForState(this, 'bakery', ['warn']);
});

Then('{service} is checked meanwhile', async function (this: DaywatchWorld, domain: string) {
  const token = await this.token();
  const [last] = await this.monitor.checks(token, { domain, num: 1 });
  await waitFor(`another check of ${domain}`, async () => {
    const [latest] = await this.monitor.checks(token, { domain, num: 1 });
    return latest !== undefined && latest.id > (last?.id ?? 0) ? true : undefined;
  });
  assert.equal((await targetOf(this, 'library'))?.state, 'fail');
});

Then(
  'before long {service} has the error {string}',
  async function (this: DaywatchWorld, domain: string, message: string) {
    let last: string | undefined;
    await waitFor(
      `the error of ${domain}`,
      async () => {
        last = (await targetOf(this, domain))?.last_error?.message;
        return last?.includes(message) === true ? true : undefined;
      },
      () => `The last is: ${last}`,
    );
  },
);

Then('nobody is told {string}', async function (this: DaywatchWorld, secret: string) {
  const { text } = await this.monitor.ask('/api/v1/targets', await this.token());
  const board = await this.monitor.ask('/api/v1/monitor/board', await this.token());
  assert.ok(text.includes('"vault"') && board.text.includes('"vault"'), 'the vault is not listed');
  assert.ok(!`${text}${board.text}`.includes(secret));
});

async function checksSince(world: DaywatchWorld, domain: string): Promise<readonly CheckView[]> {
  const checks = await world.monitor.checks(await world.token(), { domain, num: 1000 });
  return checks.filter(({ timestamp }) => timestamp >= (world.since ?? world.startedAt));
}

async function targetOf(world: DaywatchWorld, domain: string): Promise<TargetView | undefined> {
  return (await world.monitor.targets(await world.token())).find((target) => target.domain === domain);
}

async function waitForState(
  world: DaywatchWorld,
  domain: string,
  states: readonly string[],
  reason = '',
): Promise<void> {
  let last: TargetView | undefined;
  await waitFor(
    `${domain} to ${states.join(' or ')}`,
    async () => {
      last = await targetOf(world, domain);
      const isSo = last !== undefined && states.includes(last.state);
      return isSo && (last?.reason ?? '').includes(reason) ? true : undefined;
    },
    () => `It is: ${JSON.stringify(last)}`,
  );
}
