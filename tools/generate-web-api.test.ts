import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { GENERATED, generateWebApi } from './generate-web-api.ts';

it('should find the types of the page as `make generate` writes them', async () => {
  expect(await readFile(GENERATED, 'utf8')).toBe(await generateWebApi());
});
