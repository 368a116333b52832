/**
 * Runs the features against the system that the environment names (see the README), and ends with 0 where every
 * scenario has passed. The last line is `N passed, N failed`; with a file as its argument, the results go there as JSON.
 */
import { writeFile } from 'node:fs/promises';
import { readSettings } from '../support/surroundings.ts';
import { runFeatures } from './run-features.ts';
import { openStage } from './stage.ts';
import { summarize } from './summarize.ts';

const { surroundings, parallel } = readSettings(process.env);
await using _stage = await openStage(surroundings.stage);
const results = await runFeatures({
  // What rests on the calendar's answers alone holds over the other protocol, too.
  runs: [
    { protocol: 'grpc', parallel },
    // These wait for nothing, and each thread costs a start.
    { protocol: 'http', tag: '@both-protocols', parallel: Math.min(parallel, 2) },
  ],
  parameters: { surroundings },
});
const { text, exitCode } = summarize(results);
console.log(text);
const [, , report] = process.argv;
if (report !== undefined) await writeFile(report, JSON.stringify(results));
process.exitCode = exitCode;
