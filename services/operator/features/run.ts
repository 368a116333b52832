/**
 * Runs the scenarios of the operator against a cluster of the test API server, each with its own. The last line is
 * `N passed, N failed`; with a file as its first argument, the results go there as JSON. More arguments are the
 * features to run. Where USED_RIGHTS names a file, what the operator asked the API server for is added to it.
 */
import { runScenarios } from './support/run-scenarios.ts';

const [, , report = '-', ...features] = process.argv;
const usedRights = process.env['USED_RIGHTS'];
const haveAllPassed = await runScenarios({
  worldParameters: usedRights === undefined ? {} : { usedRights },
  parallel: 2,
  features,
  ...(report === '-' ? {} : { report }),
});
process.exit(haveAllPassed ? 0 : 1);
