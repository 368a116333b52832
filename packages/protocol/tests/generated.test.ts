import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');
const binaries = join(root, 'node_modules/.bin');
const env = { ...process.env, PATH: `${binaries}:${process.env['PATH']}` };

describe('the generated code', () => {
  it('should be what the contracts in proto/ generate now; `make generate` brings it up to date', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'daywatch-generated-'));
    try {
      await run(join(binaries, 'buf'), ['generate', '--output', folder], { cwd: root, env });

      const committed = await readFolder(join(root, 'packages/protocol/src/generated'));
      const generated = await readFolder(join(folder, 'packages/protocol/src/generated'));

      expect(committed).toEqual(generated);
      expect(Object.keys(generated)).toContain('daywatch/calendar/v1/calendar_pb.js');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('should come from contracts that buf finds nothing wrong with', async () => {
    const { stdout } = await run(join(binaries, 'buf'), ['lint'], { cwd: root, env });

    expect(stdout).toBe('');
  });
});

/** The text of every file below a folder, by its path in it. */
async function readFolder(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const));
  return Object.fromEntries(texts.map(([file, text]) => [file.slice(folder.length + 1), text]));
}
