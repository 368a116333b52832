import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultsOf } from './_support/parse.ts';

const FOLDER = join(import.meta.dirname, 'golden/faults');
const CASES = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

describe('the faults of a file', () => {
  it.each(CASES)('should be told all at once, as in the golden file: %s', async (name) => {
    const yaml = await readFile(join(FOLDER, name), 'utf8');

    const faults = faultsOf(yaml, name);

    expect(faults).not.toEqual([]);
    await expect(`${faults.join('\n')}\n`).toMatchFileSnapshot(join(FOLDER, name.replace('.yaml', '.txt')));
  });
});
