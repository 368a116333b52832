/**
 * Runs every test runner of the repository and sums them up. The last line is `N passed, N failed`,
 * with `, N skipped` where tests were skipped; in CI anything skipped fails the run.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Sum {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const sums = [await runVitest(process.argv.slice(2))];

const passed = total((sum) => sum.passed);
const failed = total((sum) => sum.failed);
const skipped = total((sum) => sum.skipped);
const isCi = process.env['CI'] === 'true';
if (skipped > 0) {
  console.log(`\n${skipped} tests were SKIPPED, because something that they need is missing: see above.`);
  if (isCi) console.log('In CI nothing may be skipped: the run has failed.');
}
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 || passed === 0 || (isCi && skipped > 0) ? 1 : 0;

function total(pick: (sum: Sum) => number): number {
  return sums.reduce((sum, each) => sum + pick(each), 0);
}

async function runVitest(filters: readonly string[]): Promise<Sum> {
  const folder = await mkdtemp(join(tmpdir(), 'daywatch-test-'));
  const report = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const exitCode = await run('vitest', ['run', ...reporters, ...filters]);
    const sum = await readReport(report);
    // A runner that failed without a failed test (set-up, an unhandled rejection) is a failure too.
    return exitCode !== 0 && sum.failed === 0 ? { ...sum, failed: 1 } : sum;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readReport(file: string): Promise<Sum> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(text) as Record<
    'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests' | 'numFailedTestSuites',
    number
  >;
  // A file that could not be loaded has failed as a suite, without a test that did.
  const failed = report.numFailedTests === 0 ? report.numFailedTestSuites : report.numFailedTests;
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests + report.numTodoTests };
}

async function run(command: string, args: readonly string[]): Promise<number> {
  const child = spawn(command, args, { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
