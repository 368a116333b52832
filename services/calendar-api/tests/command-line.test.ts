import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './_support/process.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'daywatch-cli-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(text: string): string {
  const path = join(folder, 'config.yaml');
  writeFileSync(path, text);
  return path;
}

describe('calendar_api', () => {
  it('should explain itself with --help', async () => {
    const { code, stdout, stderr } = await run(['--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('--config <file>');
    expect(stdout).toContain('Exit codes: 0 well, 1 a failure, 2 a wrong command line or configuration.');
  });

  it('should say its version', async () => {
    expect(await run(['--version'])).toEqual({ code: 0, stdout: 'calendar_api 0.1.0\n', stderr: '' });
  });

  it.each([
    [['--confg=x'], "error: unknown option '--confg=x'\n(Did you mean --config?)\n"],
    [['serve'], 'error: too many arguments. Expected 0 arguments but got 1: serve.\n'],
    [['token', 'make'], "error: unknown command 'make'\n"],
    [['token', 'create', 'laptop'], "error: required option '--user <id>' not specified\n"],
  ])('should refuse the command line %j with 2', async (args, stderr) => {
    expect(await run(args)).toEqual({ code: 2, stdout: '', stderr });
  });

  it.each([
    ['an unknown key', 'http: {prot: 1}', "the key 'http.prot' is unknown; did you mean 'http.port'?"],
    ['a wrong type', 'http: {port: many}', 'http.port'],
    ['a bad time zone', 'calendar: {time_zone: Mars/Olympus}', "calendar.time_zone: 'Mars/Olympus'"],
    ['postgres without an address', 'storage: {type: postgres}', 'storage.dsn'],
    ['trusted headers from anybody', 'http: {host: 0.0.0.0}\nauth: {mode: trusted-header}', 'auth.mode'],
    ['a mode that is not for this API', 'auth: {mode: none}', 'auth.mode'],
  ])('should say what is wrong in one line, with 2: %s', async (_, text, said) => {
    const { code, stdout, stderr } = await run([`--config=${write(text)}`]);
    expect(code).toBe(2);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/^calendar_api: /);
    expect(stderr).toContain(said);
    expect(stdout.split('\n').filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });

  it.each(['--config=/nowhere/x.yaml', '-config=/nowhere/x.yaml'])(
    'should name the file that is missing: %s',
    async (argument) => {
      const { code, stderr } = await run([argument]);
      expect(code).toBe(2);
      expect(stderr).toContain('--config=/nowhere/x.yaml cannot be read: there is no such file');
    },
  );

  it('should refuse tokens where no command reaches them', async () => {
    const { code, stderr } = await run(['token', 'list']);
    expect(code).toBe(2);
    expect(stderr).toContain("storage.type: 'memory' keeps tokens inside of the server");
  });
});
