import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { testFileSchema } from '../src/index.ts';
import { faultsOf } from './_support/parse.ts';

const ROOT = join(import.meta.dirname, '../../..');
const check = new Ajv({ strict: false, allErrors: true }).compile(testFileSchema());

/** What a schema cannot see: references, circles, and which keys go together. */
const BEYOND_SCHEMAS = new Set([
  'references',
  'cycle',
  'repeated',
  'keys-that-do-not-go-together',
  'unknown-anchor',
  'broken-yaml',
]);

describe('the JSON Schema', () => {
  it('should be the one that lies in docs/', async () => {
    await expect(`${JSON.stringify(testFileSchema(), undefined, 2)}\n`).toMatchFileSnapshot(
      join(ROOT, 'docs/testbox.schema.json'),
    );
  });

  it('should take a valid file, in any case of its keys', () => {
    const yaml =
      'ContainerName: box\nIMAGE: busybox\ntests: [{Name: t, URL: /, queryType: GET, expectedCode: 200}]\n';

    expect(faultsOf(yaml)).toEqual([]);
    expect(check(parse(yaml))).toBe(true);
  });

  const folder = join(import.meta.dirname, 'golden/faults');
  const names = readdirSync(folder).filter(
    (name) => name.endsWith('.yaml') && !BEYOND_SCHEMAS.has(name.replace('.yaml', '')),
  );
  it.each(names)('should refuse what the parser refuses: %s', (name) => {
    expect(check(parse(readFileSync(join(folder, name), 'utf8')))).toBe(false);
  });
});
