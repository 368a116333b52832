import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ScenarioResult } from '../run/tally.ts';
import { startSystem } from './_support/system.ts';

const MAIN = join(import.meta.dirname, '../run/main.ts');

/** Against hanging: every step has a deadline of its own. */
const DEADLINE_MS = 15 * 60_000;

// Run before the tests are told apart, so that each scenario is one of them.
const { code, results } = await runFeatures();

describe('the features', () => {
  it.each(results.map((result) => [result.name, result] as const))(
    'should hold: %s',
    (_, { status, message }) => {
      expect(`${status}\n${message}`.trim()).toBe('PASSED');
    },
  );

  it('should end with 0 where every scenario has passed, and only there', () => {
    expect(results.length).toBeGreaterThan(100);
    expect(code).toBe(results.every(({ status }) => status === 'PASSED') ? 0 : 1);
  });
});

/** Runs them as the container does. */
async function runFeatures(): Promise<{
  readonly code: number | null;
  readonly results: readonly ScenarioResult[];
}> {
  const folder = await mkdtemp(join(tmpdir(), 'daywatch-features-'));
  const report = join(folder, 'report.json');
  await using system = await startSystem();
  try {
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', process.execPath, MAIN, report], {
      env: { PATH, HOME, ...system.env },
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: DEADLINE_MS,
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('close', resolve);
    });
    const text = await readFile(report, 'utf8').catch(() => undefined);
    if (text === undefined) throw new Error(`the features did not come to their end: ${output}`);
    return { code, results: JSON.parse(text) as readonly ScenarioResult[] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
