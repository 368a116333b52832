import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PERMISSIONS } from '../src/rbac/permissions.ts';
import type { ScenarioResult } from '../features/support/tally.ts';

const MAIN = join(import.meta.dirname, '../features/run.ts');

// Run before the tests are told apart, so that each scenario is one of them.
const { results, used } = await runFeatures();

describe('the features of the operator', () => {
  it.each(results.map((result) => [result.name, result] as const))('should hold: %s', (_, result) => {
    expect(result).toMatchObject({ status: 'PASSED' });
  });

  it('should need every right that the operator has, and no other', () => {
    const granted = Object.entries(PERMISSIONS).flatMap(([resource, { verbs, statusVerbs = [] }]) => [
      ...verbs.map((verb) => `${verb} ${resource}`),
      ...statusVerbs.map((verb) => `${verb} ${resource}/status`),
    ]);
    expect([...new Set(used)].toSorted()).toEqual(granted.toSorted());
  });

  it('should be all there', () => {
    expect(results.length).toBeGreaterThan(30);
  });
});

async function runFeatures(): Promise<{
  readonly results: readonly ScenarioResult[];
  readonly used: readonly string[];
}> {
  const folder = await mkdtemp(join(tmpdir(), 'daywatch-operator-features-'));
  const report = join(folder, 'report.json');
  const rights = join(folder, 'rights');
  try {
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', process.execPath, MAIN, report], {
      env: { ...process.env, USED_RIGHTS: rights },
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
    const used = (await readFile(rights, 'utf8')).split('\n').filter((line) => line !== '');
    return { results: JSON.parse(text) as readonly ScenarioResult[], used };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
