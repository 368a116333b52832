/**
 * Runs the scenarios of the operator against a cluster of the test API server, each with its own. The last line is
 * `N passed, N failed`; with a file as its first argument, the results go there as JSON. More arguments are the
 * features to run. Where USED_RIGHTS names a file, what the operator asked the API server for is added to it.
 */
import { writeFile } from 'node:fs/promises';
import { loadConfiguration, runCucumber } from '@cucumber/cucumber/api';
import { Tally } from './support/tally.ts';

const [, , report, ...features] = process.argv;
const usedRights = process.env['USED_RIGHTS'];
const cwd = import.meta.dirname;
const tally = new Tally();
const { runConfiguration } = await loadConfiguration(
  {
    file: false,
    provided: {
      paths: features.length > 0 ? features : ['*.feature'],
      import: ['support/world.ts', 'steps/*.ts'],
      format: [],
      strict: true,
      parallel: 2,
      worldParameters: usedRights === undefined ? {} : { usedRights },
    },
  },
  { cwd },
);
await runCucumber(runConfiguration, { cwd }, (message) => tally.hear(message));
const results = tally.results();
const failed = results.filter(({ status }) => status !== 'PASSED');
for (const { name, status, message } of failed) console.log(`${status} ${name}\n${message}\n`);
if (report !== undefined && report !== '-') await writeFile(report, JSON.stringify(results));
console.log(`${results.length - failed.length} passed, ${failed.length} failed`);
process.exit(failed.length > 0 || results.length === 0 ? 1 : 0);
