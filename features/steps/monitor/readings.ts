import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import type { Query, ReadingView } from '../../support/monitor/monitor-client.ts';
import { waitFor } from '../../support/wait-for.ts';
import type { DaywatchWorld } from '../../support/world.ts';

When('{service} exposes:', async function (this: DaywatchWorld, service: string, text: string) {
  this.since = new Date().toISOString();
  await this.stage.direct(service, '/health', [{ body: '{"status":"pass"}' }]);
  await this.stage.direct(service, '/metrics', [{ body: `${text}\n` }]);
});

Then(
  "before long {service}'s {series} is {value}",
  async function (this: DaywatchWorld, service: string, series: string, value: number | string) {
    this.reading = await waitForReading(this, service, series, value);
  },
);

Then(
  "{service}'s {series} is {value}",
  async function (this: DaywatchWorld, service: string, series: string, value: number | string) {
    await waitForReading(this, service, series, value);
  },
);

Then("before long {service}'s {series} is there", expectThere);
Then("{service}'s {series} is there", expectThere);

async function expectThere(this: DaywatchWorld, service: string, series: string): Promise<void> {
  const reading = await waitForReading(this, service, series);
  assert.ok(typeof reading.value === 'number' && reading.value >= 0, `it is ${reading.value}`);
}

Then(
  "{service}'s {series} is not there",
  async function (this: DaywatchWorld, service: string, series: string) {
    assert.deepEqual(await readingsOf(this, service, series), []);
  },
);

Then('it says that it comes from {service}', function (this: DaywatchWorld, service: string) {
  assert.equal(this.reading?.target['job'], service);
  assert.match(this.reading?.target['instance'] ?? '', /:\d+$/);
});

Then(
  'before long asking {service} for {series} finds {values}',
  async function (this: DaywatchWorld, service: string, series: string, values: readonly number[]) {
    await waitFor(`the values ${values.join()}`, async () => {
      const found = (await readingsOf(this, service, series)).map(({ value }) => value);
      const distinct = [...new Set(found)].sort((a, b) => Number(a) - Number(b));
      return distinct.join() === values.join() ? true : undefined;
    });
  },
);

Then(
  '{series} is one series of {service}',
  async function (this: DaywatchWorld, series: string, service: string) {
    const names = (await readingsOf(this, service, series)).map(({ name }) => name);
    assert.deepEqual([...new Set(names)], [this.reading?.name]);
  },
);

Given("gometr's up has been read at two moments", async function (this: DaywatchWorld) {
  const [first, second] = await waitFor('two readings', async () => {
    const found = await upOfGometr(this, { date_from: this.startedAt });
    return found.length >= 2 ? found : undefined;
  });
  assert.ok(first && second);
  this.moments = [first, second];
});

Then('asking from the first to the second finds the first alone', async function (this: DaywatchWorld) {
  const { first, second } = momentsOf(this);
  const found = await upOfGometr(this, { date_from: first.timestamp, date_to: second.timestamp });
  assert.deepEqual(found, [first]);
});

Then('asking from the second to the second finds nothing', async function (this: DaywatchWorld) {
  const { second } = momentsOf(this);
  assert.deepEqual(await upOfGometr(this, { date_from: second.timestamp, date_to: second.timestamp }), []);
});

Then(
  'asking from the second to the first is refused: {string}',
  async function (this: DaywatchWorld, field: string) {
    const { first, second } = momentsOf(this);
    const query = { date_from: second.timestamp, date_to: first.timestamp };
    const { status, text } = await this.monitor.ask('/api/v1/metrics', await this.token(), query);
    assert.equal(status, 400);
    assert.ok((JSON.parse(text) as { message: string }).message.includes(field), text);
  },
);

Then('readings come oldest first, and no id is there twice', async function (this: DaywatchWorld) {
  const found = await this.monitor.readings(await this.token(), period(this));
  assert.ok(found.length > 2);
  const times = found.map(({ timestamp }) => timestamp);
  assert.deepEqual(times, times.toSorted());
  for (const time of times) assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.equal(new Set(found.map(({ id }) => id)).size, found.length);
});

Then('asking again finds them under the same ids', async function (this: DaywatchWorld) {
  const { first, second } = momentsOf(this);
  const again = await upOfGometr(this, period(this));
  assert.deepEqual(again.slice(0, 2), [first, second]);
});

Then(
  'asking for 1 at a time finds the same, and each page names the next',
  async function (this: DaywatchWorld) {
    const query = { name: UP_OF_GOMETR, ...period(this) };
    const found: ReadingView[] = [];
    let path: string | undefined =
      `/api/v1/metrics?${new URLSearchParams({ ...query, limit: '1' }).toString()}`;
    while (path !== undefined && found.length < 10) {
      const { text, headers } = await this.monitor.ask(path, await this.token());
      found.push(...(JSON.parse(text) as ReadingView[]));
      path = /<([^>]*)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
    }
    assert.deepEqual(found, await this.monitor.readings(await this.token(), query));
  },
);

Then('asking for a metric that is not there finds nothing', async function (this: DaywatchWorld) {
  assert.deepEqual(await this.monitor.readings(await this.token(), { name: 'nobody_exposes_this' }), []);
});

const UP_OF_GOMETR = 'up{job="gometr"}';

function upOfGometr(world: DaywatchWorld, query: Query): Promise<readonly ReadingView[]> {
  return world.token().then((token) => world.monitor.readings(token, { name: UP_OF_GOMETR, ...query }));
}

function momentsOf({ moments: [first, second] }: DaywatchWorld) {
  assert.ok(first && second, 'nothing was read');
  return { first, second };
}

/** From the first reading to just after the second: what comes later is not in it. */
function period(world: DaywatchWorld): { readonly date_from: string; readonly date_to: string } {
  const { first, second } = momentsOf(world);
  return {
    date_from: first.timestamp,
    date_to: new Date(Date.parse(second.timestamp) + 1).toISOString(),
  };
}

/** What the service has exposed since it was told to. Of its labels the target's are asked for as well. */
async function readingsOf(
  world: DaywatchWorld,
  service: string,
  series: string,
): Promise<readonly ReadingView[]> {
  const name = series.includes('{')
    ? series.replace('}', `,job="${service}"}`)
    : `${series}{job="${service}"}`;
  const date_from = world.since ?? world.startedAt;
  return world.monitor.readings(await world.token(), { name, date_from });
}

async function waitForReading(
  world: DaywatchWorld,
  service: string,
  series: string,
  value?: number | string,
): Promise<ReadingView> {
  let last: ReadingView | undefined;
  return waitFor(
    `${series} of ${service}`,
    async () => {
      last = (await readingsOf(world, service, series)).at(-1);
      return last !== undefined && (value === undefined || last.value === value) ? last : undefined;
    },
    () => `The last is: ${JSON.stringify(last)}`,
  );
}
