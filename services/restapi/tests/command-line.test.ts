import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runRestapi } from './_support/process.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'restapi-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(text: string): string {
  const path = join(folder, 'config.yaml');
  writeFileSync(path, text);
  return path;
}

const DSN = 'storage: {dsn: "postgres://nobody@127.0.0.1:1/nothing"}\n';

describe('restapi', () => {
  it('should explain itself with --help', async () => {
    const { code, stdout, stderr } = await runRestapi(['--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('--config <file>');
    expect(stdout).toContain('Exit codes: 0 well, 1 a failure, 2 a wrong command line or configuration.');
  });

  it('should say its version', async () => {
    expect(await runRestapi(['--version'])).toEqual({ code: 0, stdout: 'restapi 0.1.0\n', stderr: '' });
  });

  it.each([
    ['no database', 'log_level: info\n', 'storage.dsn: is missing'],
    ['an unknown key', `${DSN}http: {prot: 1}`, "the key 'http.prot' is unknown; did you mean 'http.port'?"],
    ['a wrong type', `${DSN}http: {port: many}`, 'http.port'],
    [
      'no credentials for everybody',
      `${DSN}http: {host: 0.0.0.0}\nauth: {mode: none}`,
      'auth.allow_none_on_network',
    ],
    [
      'trusted headers from anybody',
      `${DSN}http: {host: 0.0.0.0}\nauth: {mode: trusted-header}`,
      'auth.mode',
    ],
  ])('should say what is wrong in one line, with 2: %s', async (_, text, said) => {
    const { code, stderr } = await runRestapi([`--config=${write(text)}`]);
    expect(code).toBe(2);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/^restapi: /);
    expect(stderr).toContain(said);
  });
});
