import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runWorker } from '../../../tests/_support/worker-process.ts';

const DSN = { DAYWATCH_STORAGE_DSN: 'postgres://nobody@127.0.0.1:1/nothing' };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daywatch-checker-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('should explain itself with --help, and say its version', async () => {
  const help = await runWorker('checker', ['--help']);
  const version = await runWorker('checker', ['--version']);

  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toContain('Usage: checker');
  expect(help.stdout).toContain('Exit codes: 0 well, 1 a failure, 2 a wrong command line or configuration.');
  expect(version).toEqual({ code: 0, stdout: 'checker 0.1.0\n', stderr: '' });
});

it.each([
  ['no database', {}, 'storage.dsn'],
  [
    'a network that is none',
    { ...DSN, DAYWATCH_CHECKER_DENY_NETWORKS: 'localhost' },
    'checker.deny_networks',
  ],
  [
    'a target without a URL',
    { ...DSN, DAYWATCH_TARGETS: '[{"name":"shop"}]' },
    'targets[0] (shop).url: is missing',
  ],
  [
    'two targets of one name',
    { ...DSN, DAYWATCH_TARGETS: '[{"name":"a","url":"http://a"},{"name":"a","url":"http://b"}]' },
    "targets: two have the name 'a'",
  ],
  ['a spool that is no folder', { ...DSN, DAYWATCH_SPOOL_FOLDER: '/dev/null/spool' }, '/dev/null/spool'],
])('should refuse in one line: %s', async (_, env, said) => {
  const { code, stderr } = await runWorker('checker', [], {
    DAYWATCH_SPOOL_FOLDER: join(folder, 'spool'),
    ...env,
  });

  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(/^checker: /);
  expect(stderr).toContain(said);
  expect(code).toBe(said.startsWith('/dev') ? 1 : 2);
});

it('should name the file, the place and what was meant where a key is unknown', async () => {
  const file = join(folder, 'checker.yaml');
  await writeFile(file, 'target:\n  - name: shop\n');

  const { code, stderr } = await runWorker('checker', [`--config=${file}`], DSN);

  expect(code).toBe(2);
  expect(stderr).toContain("the key 'target' is unknown; did you mean 'targets'?");
});
