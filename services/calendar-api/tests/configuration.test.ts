import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateConfiguration } from '../../../tools/generate-configuration.ts';
import { startReadyApi } from './_support/process.ts';

const ROOT = join(import.meta.dirname, '../../..');

describe('the configuration', () => {
  it.each([...generateConfiguration()])('should have %s as it is generated', async (path, content) => {
    // What is committed is old where this fails: run make generate.
    expect(await readFile(join(ROOT, path), 'utf8')).toBe(content);
  });

  it('should have a sample that is started from, and answers', async () => {
    await using api = await startReadyApi({}, [`--config=${join(ROOT, 'config/calendar_api.yaml')}`]);
    const answer = await api.fetch('/api/v1/calendars');
    expect(await answer.json()).toMatchObject({ calendars: [{ owner: 'admin', default: true }] });
  });
});
