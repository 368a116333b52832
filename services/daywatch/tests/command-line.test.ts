import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, POSTGRES_KINDS } from '../../../tests/_support/databases.ts';
import { makeFolder, type Folder } from './_support/folder.ts';
import { runProgram, type Environment } from './_support/run-program.ts';

let folder: Folder;

beforeAll(async () => {
  folder = await makeFolder();
});

afterAll(() => folder[Symbol.asyncDispose]());

function daywatch(args: readonly string[], env: Environment = {}) {
  return runProgram(args, { cwd: folder.path, env });
}

describe('daywatch', () => {
  it('should explain itself with --help', async () => {
    const { code, stdout, stderr } = await daywatch(['--help']);
    expect([code, stderr]).toEqual([0, '']);
    for (const command of ['run', 'migrate', 'token']) expect(stdout).toContain(`\n  ${command}`);
    expect(stdout).toContain('Exit codes: 0 well, 1 a failure, 2 a wrong command line or configuration.');
  });

  it('should say its version', async () => {
    expect(await daywatch(['--version'])).toEqual({ code: 0, stdout: 'daywatch 0.1.0\n', stderr: '' });
  });

  it.each([
    [['start'], "error: unknown command 'start'\n"],
    [['run', 'fast'], "error: too many arguments for 'run'. Expected 0 arguments but got 1: fast.\n"],
    [['run', '--prot', '1'], "error: unknown option '--prot'\n"],
    [['--confg=x', 'run'], "error: unknown option '--confg=x'\n(Did you mean --config?)\n"],
    [
      ['run', '-config=/nowhere.yaml'],
      'daywatch: --config=/nowhere.yaml cannot be read: there is no such file',
    ],
    [['token', 'create'], "error: required option '--user <id>' not specified\n"],
  ])('should refuse the command line %j with 2', async (args, stderr) => {
    const answer = await daywatch(args);
    expect(answer).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(stderr) as string });
  });

  it.each([[['migrate']], [['token', 'list']]])(
    'should say that %j needs a database, where none runs',
    async (args) => {
      const { code, stderr } = await daywatch(args);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^daywatch: storage\.dsn: is missing, and no 'daywatch run' runs on [^\n]+\n$/);
    },
  );

  it('should fail with 1 and one line where the database cannot be reached', async () => {
    const env = { DAYWATCH_STORAGE_DSN: 'postgres://nobody:hunter2@127.0.0.1:1/none' };
    const { code, stderr } = await daywatch(['migrate'], env);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^daywatch: [^\n]+\n$/);
    expect(stderr).not.toContain('hunter2');
  });
});

describe.each(POSTGRES_KINDS)('on a database of one’s own, %s', (server) => {
  it('should migrate once when it is asked twice at once, and again', async () => {
    await using database = await createTestDatabase({ server, migrated: false });
    const env = { DAYWATCH_STORAGE_DSN: database.dsn };

    const atOnce = await Promise.all([daywatch(['migrate'], env), daywatch(['migrate'], env)]);
    const later = await daywatch(['migrate'], env);

    const said = atOnce.map(({ stdout }) => stdout).toSorted();
    expect(said).toEqual([
      expect.stringMatching(
        /^Applied access\/0001_access, .*delivery\/0001_delivery, calendar\/0001_calendars/,
      ),
      'Up to date.\n',
    ]);
    expect([...atOnce, later].map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(later.stdout).toBe('Up to date.\n');
  });

  it('should make, list and revoke tokens', async () => {
    await using database = await createTestDatabase({ server });
    const env = { DAYWATCH_STORAGE_DSN: database.dsn };

    const created = await daywatch(['token', 'create', 'laptop', '--user', 'ann', '--expires', '90d'], env);
    const taken = await daywatch(['token', 'create', 'laptop', '--user', 'ann'], env);
    const revoked = await daywatch(['token', 'revoke', 'laptop', '--user', 'ann'], env);
    const listed = await daywatch(['token', 'list', '--all', '--json'], env);

    expect(created).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\S{40,}\n$/) as string });
    expect(taken).toMatchObject({ code: 1, stdout: '' });
    expect(taken.stderr).toMatch(/^daywatch: [^\n]*laptop[^\n]*\n$/);
    expect(revoked).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(listed.stdout)).toMatchObject({ tokens: [{ name: 'laptop', state: 'revoked' }] });
    expect(listed.stdout).not.toContain(created.stdout.trim());
  });
});
