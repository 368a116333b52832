import { execFile } from 'node:child_process';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { describe, expect, it } from 'vitest';

import { findClusterProcesses } from '../src/processes.ts';
import { makeTempFolder } from './_support/temp-folder.ts';

describe('README.md', () => {
  it('should show an example that runs, and leaves nothing running', async () => {
    const readme = await readFile(join(import.meta.dirname, '../README.md'), 'utf8');
    const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
    await using folder = await makeTempFolder();
    await symlink(join(import.meta.dirname, '../../../node_modules'), join(folder.path, 'node_modules'));
    await writeFile(join(folder.path, 'example.mts'), example);

    const options = { cwd: folder.path };
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['example.mts'], options);

    expect(stdout).toMatch(/^PostgreSQL 18\.\d+ listens on 127\.0\.0\.1:\d+\nConnect with postgres:\/\//);
    expect(stderr).toBe('');
    expect(await findClusterProcesses([join(folder.path, '.daywatch/postgres/data')])).toStrictEqual([]);
  });
});
