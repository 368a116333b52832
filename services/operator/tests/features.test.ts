import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ScenarioResult } from '../features/support/tally.ts';

const MAIN = join(import.meta.dirname, '../features/run.ts');

// Run before the tests are told apart, so that each scenario is one of them.
const results = await runFeatures();

describe('the features of the operator', () => {
  it.each(results.map((result) => [result.name, result] as const))('should hold: %s', (_, result) => {
    expect(result).toMatchObject({ status: 'PASSED' });
  });

  it('should be all there', () => {
    expect(results.length).toBeGreaterThan(30);
  });
});

async function runFeatures(): Promise<readonly ScenarioResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'daywatch-operator-features-'));
  const report = join(folder, 'report.json');
  try {
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', process.execPath, MAIN, report], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    await new Promise((resolve, reject) => {
      child.once('error', reject).once('close', resolve);
    });
    const text = await readFile(report, 'utf8').catch(() => undefined);
    if (text === undefined) throw new Error(`the features did not come to their end: ${output}`);
    return JSON.parse(text) as readonly ScenarioResult[];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
