import { resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import {
  loadConfiguration,
  loadSupport,
  runCucumber,
  type IRunConfiguration,
  type ISupportCodeLibrary,
} from '@cucumber/cucumber/api';
import type { Protocol } from '../support/cast.ts';
import type { WorldParameters } from '../support/world.ts';
import { Tally, type ScenarioResult } from './tally.ts';

const FOLDER = resolve(import.meta.dirname, '..');
/** What Cucumber prints is said again, and shorter, in the summary. */
const ENVIRONMENT = { cwd: FOLDER, stdout: new PassThrough().resume() };

export interface FeatureRun {
  readonly protocol: Protocol;
  /** A tag: which scenarios. By default all. */
  readonly tag?: string;
  /** How many scenarios run at once, each in a thread of its own. 0: one after the other, in this one. */
  readonly parallel: number;
}

export interface FeatureRunOptions {
  readonly runs: readonly FeatureRun[];
  readonly parameters: Omit<WorldParameters, 'protocol'>;
  /** By default ours; others in tests of the runner itself. */
  readonly features?: readonly string[];
  readonly steps?: readonly string[];
}

/**
 * Runs features, as often as there are runs. A scenario whose steps are not all defined and done has not passed, and
 * neither has a run without scenarios, or one that broke off: that is a result of its own.
 */
export async function runFeatures(options: FeatureRunOptions): Promise<readonly ScenarioResult[]> {
  const results: ScenarioResult[] = [];
  // Steps are modules, which are loaded once.
  let support: ISupportCodeLibrary | undefined;
  for (const run of options.runs) {
    const configuration = await configure(run, options);
    support ??= await loadSupport(configuration, ENVIRONMENT);
    results.push(...(await runOnce(run, { ...configuration, support })));
  }
  return results;
}

async function configure(run: FeatureRun, options: FeatureRunOptions): Promise<IRunConfiguration> {
  const { protocol, tag = '', parallel } = run;
  const {
    parameters,
    features = ['calendar/**/*.feature', 'monitor/**/*.feature'],
    steps = ['support/parameter-types.ts', 'support/hooks.ts', 'steps/**/*.ts'],
  } = options;
  const provided = {
    paths: [...features],
    import: [...steps],
    format: [],
    parallel,
    strict: true,
    tags: tag,
    // They travel to the workers as JSON.
    worldParameters: JSON.parse(JSON.stringify({ ...parameters, protocol })),
  };
  return (await loadConfiguration({ file: false, provided }, ENVIRONMENT)).runConfiguration;
}

async function runOnce(
  { protocol, tag }: FeatureRun,
  configuration: Parameters<typeof runCucumber>[0],
): Promise<readonly ScenarioResult[]> {
  const tally = new Tally();
  const { success } = await runCucumber(configuration, ENVIRONMENT, (message) => tally.hear(message));
  const results = tally.results().map((result) => ({ ...result, name: `${result.name} (${protocol})` }));
  const name = `the run of ${tag ?? 'all scenarios'} (${protocol})`;
  if (results.length === 0) return [{ name, status: 'FAILED', message: 'no scenario was run' }];
  const isCounted =
    results.length === tally.planned && (success || results.some(({ status }) => status !== 'PASSED'));
  if (isCounted) return results;
  const message = `it did not come to its end: ${results.length} of ${tally.planned} scenarios were run`;
  return [...results, { name, status: 'FAILED', message }];
}
