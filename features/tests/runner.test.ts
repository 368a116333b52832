import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { runFeatures, type FeatureRun } from '../run/run-features.ts';
import { summarize } from '../run/summarize.ts';
import type { ScenarioResult } from '../run/tally.ts';
import type { Surroundings } from '../support/surroundings.ts';

const TAGS = ['@good', '@bad', '@hook', '@nobody'];
/** One call for both: steps are modules, which are loaded once. */
const RUNS = TAGS.flatMap((tag): FeatureRun[] => [
  { protocol: 'grpc', tag, parallel: 0 },
  { protocol: 'http', tag, parallel: 2 },
]);

let all: readonly ScenarioResult[];
beforeAll(async () => {
  all = await runFixtures(RUNS, 'runner.feature');
});

describe.each([
  ['one after the other', 'grpc'],
  ['in threads', 'http'],
])('the runner, %s', (_, protocol) => {
  let results: ReadonlyMap<string, ScenarioResult>;
  beforeAll(() => {
    const found = all.filter(({ name }) => name.endsWith(` (${protocol})`));
    results = new Map(
      found.map((result) => [/([^:]*) \(\w+\)$/.exec(result.name)?.[1]?.trim() ?? '', result]),
    );
  });

  it.each([
    ['Done', 'PASSED', ''],
    ['Failed', 'FAILED', 'a step fails: Error: as it was meant to'],
    ['Undefined', 'UNDEFINED', 'a step that nobody has written'],
    ['Pending', 'PENDING', 'a step that is to be written'],
    ['Skipped', 'SKIPPED', ''],
    ['Ambiguous', 'AMBIGUOUS', 'a step that may be either'],
    ['Without a step', 'UNKNOWN', ''],
    ['Failed after its end', 'FAILED', 'a hook: Error: a hook fails'],
  ])('should say of the scenario "%s" that it is %s', (name, status, message) => {
    expect(results.get(name)).toMatchObject({ status, message: expect.stringContaining(message) as string });
  });

  it('should fail a run without scenarios', () => {
    expect(results.get('the run of @nobody')).toMatchObject({
      status: 'FAILED',
      message: 'no scenario was run',
    });
  });

  it('should count every scenario once', () => {
    expect(results.size).toBe(9);
  });
});

describe('a feature without scenarios', () => {
  it('should fail the run', async () => {
    const results = await runFixtures([{ protocol: 'grpc', parallel: 0 }], 'empty.feature');

    expect(summarize(results)).toEqual({
      text: 'FAILED the run of all scenarios (grpc)\nno scenario was run\n\n0 passed, 1 failed',
      exitCode: 1,
    });
  });
});

describe('the summary', () => {
  const passed: ScenarioResult = { name: 'a', status: 'PASSED', message: '' };

  it('should end with 0 where every scenario has passed', () => {
    expect(summarize([passed, passed])).toEqual({ text: '2 passed, 0 failed', exitCode: 0 });
  });

  it.each(['FAILED', 'UNDEFINED', 'PENDING', 'SKIPPED', 'AMBIGUOUS', 'UNKNOWN'])(
    'should end with 1 where one is %s',
    (status) => {
      const { text, exitCode } = summarize([passed, { name: 'b', status, message: 'why' }]);

      expect(exitCode).toBe(1);
      expect(text).toBe(`${status} b\nwhy\n\n1 passed, 1 failed`);
    },
  );

  it('should end with 1 where nothing was run', () => {
    expect(summarize([])).toEqual({ text: '0 passed, 0 failed', exitCode: 1 });
  });
});

describe('the command', () => {
  it('should name everything that its environment lacks', async () => {
    const main = join(import.meta.dirname, '../run/main.ts');
    const { PATH = '' } = process.env;
    const env = { PATH, FEATURES_API: 'calendar', FEATURES_PARALLEL: 'many' };

    const failure = await promisify(execFile)(process.execPath, [main], { env }).then(
      () => undefined,
      (error: { code: number; stderr: string }) => error,
    );

    expect(failure?.code).toBe(1);
    expect(failure?.stderr).toContain("FEATURES_API: is 'calendar'; allowed is an address such as");
    expect(failure?.stderr).toContain("FEATURES_STAGE: is ''; allowed is an address such as");
    expect(failure?.stderr).toContain(
      "DAYWATCH_STORAGE_DSN: is ''; allowed is an address such as postgres://",
    );
    expect(failure?.stderr).toContain("FEATURES_PARALLEL: is 'many'; allowed is a whole number from 1 to 16");
  });
});

/** Scenarios of their own, which ask nothing of a system. */
function runFixtures(runs: readonly FeatureRun[], feature: string): Promise<readonly ScenarioResult[]> {
  return runFeatures({
    runs,
    parameters: { surroundings: {} as Surroundings },
    features: [`tests/fixtures/${feature}`],
    steps: ['tests/fixtures/steps.ts'],
  });
}
