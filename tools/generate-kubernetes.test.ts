import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateKubernetes } from './generate-kubernetes.ts';

const ROOT = resolve(import.meta.dirname, '..');

describe('the generated manifests', async () => {
  it.each([...(await generateKubernetes())])(
    'should find %s as `make generate` writes it',
    async (path, content) => {
      expect(await readFile(join(ROOT, path), 'utf8')).toBe(content);
    },
  );
});
