import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasDebianPackage } from './_support/debian-packages.ts';
import { waitFor } from './_support/wait-for.ts';
import { startLoad } from './_support/watching/load.ts';
import { listSelectors } from './_support/watching/promql-selectors.ts';
import { startWatchingPrometheus, type WatchingPrometheus } from './_support/watching/prometheus.ts';
import { openWatchedHouse, type WatchedHouse } from './_support/watching/watched-house.ts';
import {
  readDashboards,
  readPrometheusConfig,
  readRuleQuestions,
  type Question,
} from './_support/watching/watched-things.ts';

const PACKAGES = ['prometheus', 'prometheus-postgres-exporter', 'rabbitmq-server'];
/** Scrapes are packed into blocks from 128 on, and not at once. */
const DATA_DEADLINE_MS = 90_000;
/** Ten processes and servers, on a machine that runs other tests beside them. */
const START_DEADLINE_MS = 300_000;
/** What Prometheus makes itself. */
const OF_PROMETHEUS = ['up', 'ALERTS'];

/** What is deployed, as real processes that a real Prometheus reads with the project's own configuration and rules. */
describe.runIf(PACKAGES.map(hasDebianPackage).every(Boolean))('the watching of a whole house', () => {
  const config = readPrometheusConfig();
  const dashboards = readDashboards();
  const { recorded, alerts } = readRuleQuestions();
  const stack = new AsyncDisposableStack();
  let house: WatchedHouse;
  let prometheus: WatchingPrometheus;

  beforeAll(async () => {
    house = stack.use(await openWatchedHouse());
    stack.use(startLoad(house));
    prometheus = stack.use(await startWatchingPrometheus(config, house.addresses));
  }, START_DEADLINE_MS);
  afterAll(() => stack.disposeAsync());

  it('should reach every process that the configuration names', async () => {
    const isUp = (job: string) => hasData({ place: job, expression: `up{job="${job}"} == 1` });
    const jobs = config.scrape_configs.map(({ job_name }) => job_name);

    for (const job of jobs) await waitFor(`an answer of ${job}`, () => isUp(job));
  });

  it.each(dashboards)(
    'should have data for every panel and every choice of $title',
    async ({ questions }) => {
      expect(questions.length).toBeGreaterThan(10);
      expect(await waitForData(questions)).toEqual([]);
    },
  );

  it('should have data for everything that is recorded', async () => {
    expect(await waitForData(recorded)).toEqual([]);
  });

  it('should have what every alert looks at, down to its labels', async () => {
    const questions = alerts.flatMap(({ place, expression }) =>
      listSelectors(expression).map(({ text }) => ({ place, expression: text })),
    );

    expect(questions.length).toBeGreaterThanOrEqual(alerts.length);
    expect(await waitForData(questions)).toEqual([]);
  });

  it('should work out every rule', async () => {
    const { groups } = (await prometheus.ask('/api/v1/rules')) as {
      readonly groups: readonly {
        readonly rules: readonly {
          readonly name: string;
          readonly health: string;
          readonly lastError?: string;
        }[];
      }[];
    };
    const rules = groups.flatMap((group) => group.rules);

    expect(rules).toHaveLength(recorded.length + alerts.length);
    expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
  });

  it('should name no metric that no process exposes', async () => {
    const exposed = await readExposedNames();
    const known = new Set([...OF_PROMETHEUS, ...recorded.map(({ place }) => place), ...exposed]);
    const questions = [...recorded, ...alerts, ...dashboards.flatMap(({ questions }) => questions)];

    const asked = questions.flatMap(({ place, expression }) =>
      listSelectors(expression).map(({ name }) => ({ place, name })),
    );

    expect(asked.length).toBeGreaterThan(questions.length);
    expect(asked.filter(({ name }) => !known.has(name))).toEqual([]);
  });

  /** Answered, and with a number. */
  async function hasData({ expression }: Question): Promise<boolean> {
    const series = await prometheus.query(expression);
    return series.some(({ values }) => values.some(([, value]) => value !== 'NaN'));
  }

  /** @returns what still had no data at the end. */
  async function waitForData(questions: readonly Question[]): Promise<readonly Question[]> {
    let missing = questions;
    const deadline = Date.now() + DATA_DEADLINE_MS;
    for (;;) {
      const answers = await Promise.all(missing.map(hasData));
      missing = missing.filter((_, at) => answers[at] === false);
      if (missing.length === 0 || Date.now() > deadline) return missing;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  /** The names of all samples in the `/metrics` of everything that is read. */
  async function readExposedNames(): Promise<readonly string[]> {
    const { activeTargets } = (await prometheus.ask('/api/v1/targets')) as {
      readonly activeTargets: readonly { readonly scrapeUrl: string }[];
    };
    const texts = await Promise.all(
      activeTargets.map(async ({ scrapeUrl }) => (await fetch(scrapeUrl)).text()),
    );
    return texts.flatMap((text) =>
      Array.from(text.matchAll(/^([a-zA-Z_:][\w:]*)/gm), ([, name = '']) => name),
    );
  }
});
