import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { createToken } from '../../support/daywatch-command.ts';
import { waitFor } from '../../support/wait-for.ts';
import type { DaywatchWorld } from '../../support/world.ts';

const TARGETS = '/api/v1/targets';

When('somebody asks the monitor for targets with no token', async function (this: DaywatchWorld) {
  this.answer = await this.monitor.ask(TARGETS, undefined);
});

When(
  'somebody asks the monitor for targets with a token that is made up',
  async function (this: DaywatchWorld) {
    this.answer = await this.monitor.ask(TARGETS, `dw_${'x'.repeat(43)}`);
  },
);

When(
  'somebody asks the monitor for targets with a token for the calendar',
  async function (this: DaywatchWorld) {
    const { userId } = await this.welcome('Carol');
    const request = { name: 'calendar', user: userId, scopes: ['calendar'] } as const;
    this.answer = await this.monitor.ask(TARGETS, await createToken(this.surroundings, request));
  },
);

When('Alice asks the monitor for {path}', async function (this: DaywatchWorld, path: string) {
  this.answer = await this.monitor.ask(path, await this.token());
});

When('Alice tries to delete {path}', async function (this: DaywatchWorld, path: string) {
  this.answer = await this.monitor.ask(path, await this.token(), {}, 'DELETE');
});

Then(
  'the monitor refuses it with {int} {word}',
  function (this: DaywatchWorld, status: number, error: string) {
    const { code, error: said, message } = explanationOf(this);
    assert.deepEqual([this.answer?.status, code, said], [status, status, error]);
    assert.ok(message.length > 0);
  },
);

Then('its explanation names {string}', function (this: DaywatchWorld, field: string) {
  const { message } = explanationOf(this);
  assert.ok(message.includes(field), message);
});

Given('gometr has been checked {int} times', async function (this: DaywatchWorld, count: number) {
  const token = await this.token();
  await waitFor(`${count} checks`, async () => {
    const checks = await this.monitor.checks(token, { domain: 'gometr', num: count });
    return checks.length === count ? true : undefined;
  });
});

Then('Alice finds {int} checks of gometr', async function (this: DaywatchWorld, count: number) {
  const checks = await this.monitor.checks(await this.token(), { domain: 'gometr' });
  assert.equal(checks.length, count);
});

Then(
  'Alice finds {int} checks of gometr where she asks for {int}',
  async function (this: DaywatchWorld, count: number, num: number) {
    this.checks = await this.monitor.checks(await this.token(), { domain: 'gometr', num });
    assert.equal(this.checks.length, count);
  },
);

Then('they are the last ones, oldest first', async function (this: DaywatchWorld) {
  const times = this.checks.map(({ timestamp }) => timestamp);
  assert.deepEqual(times, times.toSorted());
  const all = await this.monitor.checks(await this.token(), { domain: 'gometr', num: 1000 });
  const [oldest] = this.checks;
  // Others may have come since: none of them is older.
  const from = all.findIndex(({ id }) => id === oldest?.id);
  assert.deepEqual(all.slice(from, from + this.checks.length), this.checks);
});

interface Explanation {
  readonly code: number;
  readonly error: string;
  readonly message: string;
}

function explanationOf({ answer }: DaywatchWorld): Explanation {
  assert.ok(answer, 'nobody has asked anything');
  return JSON.parse(answer.text) as Explanation;
}
