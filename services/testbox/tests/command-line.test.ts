import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestbox, type Finished } from './_support/workspace.ts';

const VALID = 'containerName: box\nimage: busybox\ntests: [{name: a, url: /, queryType: GET}]\n';

describe('the command line of testbox', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'testbox-'));
    await writeFile(join(folder, 'valid.yaml'), VALID);
    await writeFile(join(folder, 'faulty.yaml'), VALID.replace('GET', 'GTE').replace('busybox', "''"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** Without any engine: what is asked here must not need one. */
  const run = (...args: readonly string[]): Promise<Finished> =>
    startTestbox(folder, args, { DOCKER_HOST: 'unix:///nowhere' }).finished;

  it('should tell its version and help', async () => {
    expect(await run('--version')).toEqual({ code: 0, stdout: 'testbox 0.1.0\n', stderr: '' });
    const { code, stdout } = await run('--help');
    expect(code).toBe(0);
    for (const command of ['start', 'validate', 'top', 'clean', 'schema', 'completion'])
      expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
    expect(stdout).toContain('Exit codes:');
    expect((await run('start', '--help')).stdout).toContain('--exit-zero');
  });

  it('should name every fault of a file, and say that a file is valid', async () => {
    expect(await run('validate', '-f', 'valid.yaml')).toEqual({
      code: 0,
      stdout: 'valid.yaml: valid, 1 test\n',
      stderr: '',
    });
    expect(await run('validate', '-f', 'faulty.yaml')).toEqual({
      code: 2,
      stdout: '',
      stderr: [
        'faulty.yaml:2:8: image: found nothing; allowed is the name of an image in small letters, such as postgres:18',
        "faulty.yaml:3:38: tests[0].queryType: found 'GTE'; allowed is GET, POST, PUT, DELETE, PATCH or HEAD; did you mean GET?",
        'faulty.yaml: 2 faults; nothing was started',
        '',
      ].join('\n'),
    });
  });

  it.each([
    [['-f', 'none.yaml'], 'none.yaml: there is no such file\n'],
    [['validate', '-f', '.'], '.: it is a folder\n'],
    [['start'], 'no file is named, and there is no testbox.yaml here: testbox -f FILE\n'],
    [
      ['validate', '-f', '/dev/zero'],
      '/dev/zero:1:1: found 8388609 characters; allowed is at most 1048576\n/dev/zero: 1 fault; nothing was started\n',
    ],
    [
      ['--report', 'valid.yaml'],
      'valid.yaml: a report would replace what looks like a test file; allowed is a name that does not end so\n',
    ],
    [['tpo'], "unknown command 'tpo'; did you mean top?\n"],
    [
      ['everything'],
      "unknown command 'everything'; allowed is start, validate, top, clean, schema, completion\n",
    ],
    [['--nonsense'], "error: unknown option '--nonsense'\n"],
    [
      ['completion', 'tcsh'],
      "error: command-argument value 'tcsh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish.\n",
    ],
  ])('should end with 2 for %j', async (args, message) => {
    expect(await run(...args)).toEqual({ code: 2, stdout: '', stderr: message });
  });

  it('should name every path that leads to nothing', async () => {
    await mkdir(join(folder, 'empty'));
    await writeFile(
      join(folder, 'paths.yaml'),
      `
containerName: box
dockerfile: nowhere/Dockerfile
context: valid.yaml
files: [{path: /a, source: valid.yaml}, {path: /b, source: none.txt}]
dependencies: [{name: db, dockerfile: empty}]
tests: [{name: a, grpc: {method: a.B/C, descriptors: empty}}]
`,
    );

    const { code, stderr } = await run('-f', 'paths.yaml');

    const from = `from ${await realpath(folder)}`;
    expect(stderr.split('\n')).toEqual([
      `paths.yaml:3:13: dockerfile: found 'nowhere/Dockerfile', but there is no such thing; allowed is a Dockerfile, or the folder that it lies in, ${from}`,
      `paths.yaml:4:10: context: found 'valid.yaml', which is a file; allowed is a folder, ${from}`,
      `paths.yaml:5:60: files[1].source: found 'none.txt', but there is no such thing; allowed is a file, ${from}`,
      `paths.yaml:6:39: dependencies[0].dockerfile: found 'empty', a folder without a Dockerfile; allowed is a Dockerfile, or the folder that it lies in, ${from}`,
      `paths.yaml:7:54: tests[0].grpc.descriptors: found 'empty', which is a folder; allowed is a file, ${from}`,
      'paths.yaml: 5 faults; nothing was started',
      '',
    ]);
    expect(code).toBe(2);
  });

  it('should take testbox.yaml where no file is named', async () => {
    await writeFile(join(folder, 'testbox.yaml'), VALID);

    const { code, stdout } = await run('validate');

    await rm(join(folder, 'testbox.yaml'));
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'testbox.yaml: valid, 1 test\n' });
  });

  it.each(['top', 'clean'])('should say where it has looked for an engine: %s', async (command) => {
    const { code, stderr } = await run(command);

    expect(code).toBe(3);
    expect(stderr).toContain('testbox: no Docker Engine answers at unix:///nowhere (ENOENT)');
  });

  it('should complete commands, options and files in bash', async () => {
    const script = (await run('completion', 'bash')).stdout;
    const complete = async (...words: readonly string[]): Promise<readonly string[]> => {
      const ask = `${script}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _testbox; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const { stdout } = await promisify(execFile)('bash', ['-c', ask], { cwd: folder });
      return stdout.trim().split('\n');
    };

    expect(await complete('testbox', 'va')).toEqual(['validate']);
    expect(await complete('testbox', '--ju')).toEqual(['--junit']);
    expect(await complete('testbox', 'top', '--')).toEqual(['--stream', '--help']);
    expect(await complete('testbox', 'completion', 'z')).toEqual(['zsh']);
    expect(await complete('testbox', 'start', '-f', 'va')).toEqual(['valid.yaml']);
  });

  it('should have completion for the other shells', async () => {
    expect((await run('completion', 'fish')).stdout).toContain(
      "complete -c testbox -n '__fish_seen_subcommand_from top' -l stream -d 'again and again, until Ctrl-C'",
    );
    expect((await run('completion', 'zsh')).stdout).toContain("'--stream[again and again, until Ctrl-C]'");
  });
});
