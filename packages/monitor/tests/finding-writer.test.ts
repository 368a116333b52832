import { createMemorySeries } from '@daywatch/series/memory';
import { expect, it } from 'vitest';
import { createMemoryCheckResults, createMemoryTargets } from '../src/adapters/memory/index.ts';
import { createFindingWriter } from '../src/index.ts';
import { makeFinding } from './_support/findings.ts';

/** A writer, and how many samples it says were stored. A finding has one, and a cell that is absent. */
function openWriter(options: { readonly failures?: number } = {}) {
  const memory = createMemoryCheckResults();
  const tally = { samples: 0 };
  let failures = options.failures ?? 0;
  const write = createFindingWriter({
    series: createMemorySeries().writer,
    results: {
      append: async (results) => {
        if (failures-- > 0) throw new Error('away');
        await memory.append(results);
      },
    },
    board: createMemoryTargets().board,
    onStored: (samples) => (tally.samples += samples),
  });
  return { write, tally };
}

it('should count samples that were stored, and neither absent cells nor what was there already', async () => {
  const { write, tally } = openWriter();
  const group = [makeFinding(10), makeFinding(11)];

  await write(group);
  expect(tally.samples).toBe(2);
  expect(await write(group)).toMatchObject({ stored: 0, duplicates: 2 });
  expect(tally.samples).toBe(2);
  expect(await write([makeFinding(5), makeFinding(12)])).toMatchObject({ stored: 1, outOfOrder: 1 });
  expect(tally.samples).toBe(3);
});

it('should count samples once where what is written with them fails, and all of it is written again', async () => {
  const { write, tally } = openWriter({ failures: 1 });
  const group = [makeFinding(10), makeFinding(11)];

  await expect(write(group)).rejects.toThrow('away');
  await write(group);

  expect(tally.samples).toBe(2);
});
