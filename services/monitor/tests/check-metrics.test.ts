import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const MAIN = join(import.meta.dirname, '../src/main.ts');

describe('monitor check-metrics', () => {
  it('should do what the README shows', async () => {
    const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
    const [, text = '', expected] =
      /\$ printf '(.*?)' \| monitor check-metrics\n(.*?)```/s.exec(readme) ?? [];

    expect(await check(text.replaceAll(String.raw`\n`, '\n'))).toEqual({
      code: 1,
      stdout: expected,
      stderr: '',
    });
  });

  it('should say nothing about a text without a problem', async () => {
    expect(await check('# TYPE up gauge\nup 1\n')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await check('')).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('should take a text that ends in # EOF for OpenMetrics', async () => {
    expect((await check('# TYPE a counter\na 1\n# EOF\n')).stdout).toMatch(
      /^2:1: a is no sample of the counter a/,
    );
    expect((await check('# TYPE a counter\na 1\n# EOF\n', ['--format=text'])).code).toBe(0);
    expect((await check('a 1\n', ['--format=openmetrics'])).stdout).toBe(
      '2:1: expected # EOF as the last line, found the end of the text\n',
    );
  });

  it('should name what cannot be read alone with --lenient', async () => {
    const text = 'a{b=c} 1\na{b=c} 1\nd one\n';

    expect((await check(text, ['--lenient'])).stdout).toBe('3:3: expected a number, found "one"\n');
    expect((await check(text)).stdout.split('\n')).toHaveLength(4);
  });

  it('should print JSON for programs', async () => {
    const { code, stdout } = await check('a one\n', ['--json']);

    expect([code, JSON.parse(stdout)]).toEqual([
      1,
      [{ line: 1, column: 3, code: 'syntax', problem: 'expected a number, found "one"' }],
    ]);
    expect(JSON.parse((await check('a 1\n', ['--json'])).stdout)).toEqual([]);
  });

  it('should stop after --max problems', async () => {
    expect((await check('?\n?\n?\n', ['--max=2'])).stdout.trim().split('\n')).toHaveLength(2);
  });

  it.each([
    [['--format=json'], 'Allowed choices are auto, text, openmetrics.'],
    [['--max=0'], 'Allowed is a number from 1 to 9999999.'],
    [['--strict'], "unknown option '--strict'"],
  ])('should refuse %j with 2', async (args, said) => {
    const { code, stderr } = await check('', args);

    expect(code).toBe(2);
    expect(stderr).toContain(said);
  });
});

async function check(
  text: string,
  args: readonly string[] = [],
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = spawn(process.execPath, [MAIN, 'check-metrics', ...args], { stdio: 'pipe' });
  const texts = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (texts.stdout += piece));
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (texts.stderr += piece));
  // A command line that is refused ends before it reads.
  child.stdin.on('error', () => {});
  child.stdin.end(text);
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  return { code, ...texts };
}
