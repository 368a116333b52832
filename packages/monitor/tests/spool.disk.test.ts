import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CELL, makeLabels } from '@daywatch/series';
import { openDiskSpool } from '../src/adapters/disk/index.ts';
import type { Finding } from '../src/index.ts';
import { makeFinding, secondsOf } from './_support/findings.ts';
import { describeSpool } from './spool.contract.ts';

let root: string;
let folders = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'daywatch-spool-'));
});

afterAll(() => rm(root, { recursive: true, force: true }));

const newFolder = (): string => join(root, String(folders++), 'spool');
const MANY = 2 ** 30;

// A finding takes about 400 bytes, and each of four or more files names the series again.
describeSpool('on a disk', (room) => openDiskSpool({ folder: newFolder(), maxBytes: room * 400 }));

describe('a spool on a disk', () => {
  it('should have everything that it kept when it is opened again, and go on behind it', async () => {
    const folder = newFolder();
    {
      await using first = await openDiskSpool({ folder, maxBytes: MANY });
      await first.append([makeFinding(1), makeFinding(2)]);
    }

    await using second = await openDiskSpool({ folder, maxBytes: MANY });
    await second.append([makeFinding(3)]);

    expect(second.usage().findings).toBe(3);
    const shown = [];
    for (let left = 3; left > 0;) {
      const oldest = await second.peek(10);
      shown.push(...secondsOf(oldest));
      await second.drop(oldest.length);
      left -= oldest.length;
    }
    expect(shown).toEqual([1, 2, 3]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('should leave out what was not written to its end, and say so', async () => {
    const folder = newFolder();
    {
      await using first = await openDiskSpool({ folder, maxBytes: MANY });
      await first.append([makeFinding(1), makeFinding(2)]);
    }
    const [name = ''] = await readdir(folder);
    const path = join(folder, name);
    const whole = await readFile(path);
    for (const cut of [1, 5, 40]) {
      await writeFile(path, whole.subarray(0, -cut));
      const lines: string[] = [];
      await using spool = await openDiskSpool({ folder, maxBytes: MANY, log: (line) => lines.push(line) });
      expect(secondsOf(await spool.peek(10))).toEqual([1]);
      expect(lines).toHaveLength(1);
    }
  });

  it('should never give back what a disk has changed', async () => {
    const folder = newFolder();
    {
      await using first = await openDiskSpool({ folder, maxBytes: MANY });
      await first.append([makeFinding(1), makeFinding(2), makeFinding(3)]);
    }
    const [name = ''] = await readdir(folder);
    const original = await readFile(join(folder, name));
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: original.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, change) => {
          const changed = Buffer.from(original);
          changed[at] = (changed[at] as number) ^ change;
          // Opening the spool before may have cut the file, or removed it.
          await writeFile(join(folder, name), changed);
          await using spool = await openDiskSpool({ folder, maxBytes: MANY });
          const seconds = secondsOf(await spool.peek(10));
          expect(seconds).toEqual([1, 2, 3].slice(0, seconds.length));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('should refuse a folder that is in use, and open it when that is over', async () => {
    const folder = newFolder();
    {
      await using spool = await openDiskSpool({ folder, maxBytes: MANY });
      await expect(openDiskSpool({ folder, maxBytes: MANY })).rejects.toThrow(
        `another process uses the folder ${folder}`,
      );
      await spool.append([makeFinding(1)]);
    }
    await using again = await openDiskSpool({ folder, maxBytes: MANY });
    expect(again.usage().findings).toBe(1);
  });

  it('should leave files alone that are none of its own', async () => {
    const folder = newFolder();
    await using first = await openDiskSpool({ folder, maxBytes: MANY });
    await appendFile(join(folder, 'README'), 'mine');
    await first.append([makeFinding(1)]);
    await first.peek(1);
    await first.drop(1);

    expect(await readdir(folder)).toEqual(['README']);
  });

  it('should give back every value bit for bit', async () => {
    await using spool = await openDiskSpool({ folder: newFolder(), maxBytes: MANY });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.double(), fc.constantFrom(CELL.value, CELL.stale, CELL.absent)), {
          maxLength: 50,
        }),
        async (cells) => {
          const finding: Finding = {
            readings: [
              {
                source: { key: 'target x', labels: makeLabels({}) },
                series: cells.map((_, i) => makeLabels({ __name__: 'x', i: String(i) })),
                atMs: 1,
                values: Float64Array.from(cells, ([value]) => value),
                states: Uint8Array.from(cells, ([, state]) => state),
              },
            ],
          };
          await spool.append([finding]);
          const [found] = await spool.peek(1);
          await spool.drop(1);
          const values = found?.readings[0]?.values ?? [];
          for (const [i, [value, state]] of cells.entries()) {
            expect(found?.readings[0]?.states?.[i] ?? CELL.value).toBe(state);
            if (state === CELL.value) expect(values[i]).toBe(value);
          }
        },
      ),
    );
  });
});
