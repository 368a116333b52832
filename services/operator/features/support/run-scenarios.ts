import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { loadConfiguration, runCucumber } from '@cucumber/cucumber/api';
import { Tally } from './tally.ts';
import type { Parameters } from './world.ts';

export interface RunOptions {
  readonly worldParameters: Parameters;
  /** How many scenarios run at once. */
  readonly parallel: number;
  /** Which scenarios: an expression of tags. By default all. */
  readonly tags?: string;
  /** The features to run. By default all. */
  readonly features?: readonly string[];
  /** Where the results go as JSON. */
  readonly report?: string;
}

/** Runs scenarios, and says of each that failed why. @returns whether all have passed, and there was one */
export async function runScenarios(options: RunOptions): Promise<boolean> {
  const { worldParameters, parallel, tags = '', features = [], report } = options;
  const cwd = resolve(import.meta.dirname, '..');
  const tally = new Tally();
  const { runConfiguration } = await loadConfiguration(
    {
      file: false,
      provided: {
        paths: features.length > 0 ? [...features] : ['*.feature'],
        import: ['support/world.ts', 'steps/*.ts'],
        format: [],
        strict: true,
        parallel,
        tags,
        worldParameters: { ...worldParameters },
      },
    },
    { cwd },
  );
  await runCucumber(runConfiguration, { cwd }, (message) => tally.hear(message));
  const results = tally.results();
  const failed = results.filter(({ status }) => status !== 'PASSED');
  for (const { name, status, message } of failed) console.log(`${status} ${name}\n${message}\n`);
  if (report !== undefined) await writeFile(report, JSON.stringify(results));
  console.log(`${results.length - failed.length} passed, ${failed.length} failed`);
  return failed.length === 0 && results.length > 0;
}
