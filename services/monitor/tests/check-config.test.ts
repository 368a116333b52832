import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const MAIN = resolve(import.meta.dirname, '../src/main.ts');
const SAMPLE = resolve(import.meta.dirname, '../../../config/checker.yaml');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daywatch-check-config-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('monitor check-config', () => {
  it('should list the targets of a configuration that can be used', async () => {
    const file = join(folder, 'good.yaml');
    await writeFile(
      file,
      `targets:
  - name: shop
    url: https://shop.example:8000/?key=secret
    interval: 15s
  - name: page
    kind: http
    url: http://page.example/
`,
    );

    expect(await check(file)).toEqual({
      code: 0,
      stderr: '',
      stdout: `${file} can be used: 2 targets
  shop  prometheus  https://shop.example:8000/  every 15s  timeout 3s
  page  http        http://page.example/        every 5s   timeout 3s
`,
    });
  });

  it('should take the sample', async () => {
    expect(await check(SAMPLE)).toMatchObject({ code: 0, stdout: `${SAMPLE} can be used: 0 targets\n` });
  });

  it.each([
    ['targets:\n  - name: shop\n    url: ftp://shop\n', 'targets[0] (shop).url: "ftp://shop" is not allowed'],
    [
      'targets:\n  - name: shop\n    url: http://shop\n    timeout: 9s\n',
      'targets[0] (shop).timeout: 9000 ms is longer than the interval',
    ],
    [
      'targets:\n  - name: a\n    url: http://a\n    bearer_token_file: /nowhere\n',
      "'/nowhere' cannot be read",
    ],
    ['target: []\n', "did you mean 'targets'?"],
    ['targets: [\n', 'bad.yaml'],
  ])('should name what is wrong in one line, and exit with 1: %j', async (text, said) => {
    const file = join(folder, 'bad.yaml');
    await writeFile(file, text);

    const { code, stdout } = await check(file);

    expect(code).toBe(1);
    expect(stdout).toContain(said);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  });

  it('should refuse a command line without a file', async () => {
    expect(await check()).toMatchObject({ code: 2, stdout: '' });
  });
});

async function check(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    const { PATH = '' } = process.env;
    const result = await promisify(execFile)(process.execPath, [MAIN, 'check-config', ...args], {
      env: { PATH },
    });
    return { code: 0, ...result };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}
