import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findSmallDisk } from '../../../services/daywatch/tests/_support/disks.ts';
import type { FullDisk } from './_support/full-disk-main.ts';

const MAIN = join(import.meta.dirname, '_support/full-disk-main.ts');
const folder = await mkdtemp(join(tmpdir(), 'daywatch-full-disk-'));
const disk = await findSmallDisk(folder, 1, 'true');
if (!disk) console.warn('SKIPPED: the test of a full disk needs to mount one, which is not allowed here');

describe.runIf(disk)('a spool on a disk that is full', () => {
  let found: FullDisk;
  beforeAll(async () => {
    const command: readonly string[] = [...(disk ?? []), process.execPath, MAIN, folder];
    const [program = '', ...words] = command;
    found = JSON.parse((await promisify(execFile)(program, words)).stdout) as FullDisk;
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('should take no more than there is room for, and refuse the rest', () => {
    expect(found.kept).toBeGreaterThan(500);
    expect(found.keptWhileFull).toBeLessThan(100);
  });

  it('should give back all that it kept, in order, and nothing of what it refused', () => {
    const rest = Array.from({ length: found.keptWhileFull }, (_, i) => i);
    expect(found.seconds).toEqual([...Array.from({ length: found.kept }, (_, i) => i), ...rest]);
  });

  it('should have room again once it is emptied', () => {
    expect(found.keptAfterwards).toBe(1);
  });
});
