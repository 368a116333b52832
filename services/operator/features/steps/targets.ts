import { isDeepStrictEqual } from 'node:util';
import { Then, When } from '@cucumber/cucumber';
import type { TargetStatus } from '@daywatch/installation';
import { conditionOf } from '../../tests/_support/house.ts';
import type { OperatorWorld } from '../support/world.ts';

/** What the checker reads of its targets. */
function listed(world: OperatorWorld): readonly { readonly name: string; readonly url: string }[] {
  const { data = {} } = (world.get('ConfigMap', `${world.name}-checker`) ?? {}) as {
    data?: Record<string, string>;
  };
  const { targets } = JSON.parse(data['checker.yaml'] ?? '{"targets":[]}') as {
    targets: { name: string; url: string }[];
  };
  return targets;
}

Then(
  'the checker is told to watch {string} at {string}',
  async function (this: OperatorWorld, name: string, url: string) {
    await this.expect(
      () => `${name} at ${url} among ${JSON.stringify(listed(this))}`,
      () => listed(this).some((target) => target.name === name && target.url === this.inWords(url)),
    );
  },
);

Then('the checker is told to watch {string}', async function (this: OperatorWorld, name: string) {
  await this.expect(
    () => `${name} among ${JSON.stringify(listed(this))}`,
    () => listed(this).some((target) => target.name.startsWith(name)),
  );
});

Then(
  'the checker is not told to watch {string} any more',
  async function (this: OperatorWorld, name: string) {
    await this.expect(
      () => `no ${name}`,
      () => !listed(this).some((target) => target.name.startsWith(name)),
    );
  },
);

Then(
  'the {word} {string} is accepted because of {string}',
  async function (this: OperatorWorld, kind: string, name: string, reason: string) {
    this.target = { kind, name };
    await this.expectCondition(() => this.get(kind, name), 'Accepted', 'True', reason);
  },
);

Then(
  'the {word} {string} is not accepted because of {string}: {string}',
  async function (this: OperatorWorld, kind: string, name: string, reason: string, message: string) {
    await this.expectCondition(() => this.get(kind, name), 'Accepted', 'False', reason);
    await this.expect(
      () => `'${message}' in: ${conditionOf(this.get(kind, name), 'Accepted')?.message}`,
      () => conditionOf(this.get(kind, name), 'Accepted')?.message.includes(this.inWords(message)) === true,
    );
  },
);

function status(world: OperatorWorld): TargetStatus | undefined {
  const { kind, name } = world.target ?? { kind: '', name: '' };
  return (world.get(kind, name) as { status?: TargetStatus } | undefined)?.status;
}

Then('it comes to {int} targets', async function (this: OperatorWorld, count: number) {
  await this.expect(
    () => `${count} targets, there are ${status(this)?.targets}`,
    () => status(this)?.targets === count,
  );
});

/** By which checker, since when, and when and how the last check came out. */
Then(
  'it says of {string} all that the monitor knows of it',
  async function (this: OperatorWorld, url: string) {
    const listed = (): unknown => status(this)?.endpoints?.find((each) => each.url === url);
    const { id, state, reason, since, checker, last_check } = this.stage.monitor.lastReported() ?? {};
    const wanted = {
      name: id,
      url,
      checker,
      since,
      lastCheck: last_check?.timestamp,
      lastResult: state,
      ...(reason === null ? {} : { lastError: reason }),
    };
    await this.expect(
      () => `${JSON.stringify(wanted)}, it is ${JSON.stringify(listed())}`,
      () => isDeepStrictEqual(listed(), wanted),
    );
  },
);

type Result = 'pass' | 'warn' | 'fail' | 'unknown';

When(
  'the monitor reports that {string} is {string}: {string}, checked by {string}',
  function (this: OperatorWorld, id: string, state: Result, reason: string, checker: string) {
    this.stage.monitor.report({ id, state, reason, checker });
  },
);

When(
  'the monitor reports that {string} is {string}, checked by {string}',
  function (this: OperatorWorld, id: string, state: Result, checker: string) {
    this.stage.monitor.report({ id, state, checker });
  },
);

Then('its last result is {string}', async function (this: OperatorWorld, result: Result) {
  await this.expect(
    () => `${result} and no error, it is ${JSON.stringify(status(this))}`,
    () => status(this)?.lastResult === result && status(this)?.lastError === undefined,
  );
});

Then(
  'its last result is {string}, because of {string}',
  async function (this: OperatorWorld, result: Result, error: string) {
    await this.expect(
      () => `${result} because of ${error}, it is ${JSON.stringify(status(this))}`,
      () => status(this)?.lastResult === result && status(this)?.lastError === error,
    );
  },
);
