import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canStartEngine } from '../../../tests/_support/docker-engine.ts';
import { importNode, importPostgres } from '../../../tests/_support/stand-in-images.ts';
import { openWorkshop, readReport, type Workshop } from './_support/workspace.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

describe.runIf(canStartEngine('docker.io'))('our own services, in containers', () => {
  let workshop: Workshop;
  /** As the root of the repository is after `make build`. */
  let folder: string;
  beforeAll(async () => {
    workshop = await openWorkshop();
    folder = await mkdtemp(join(tmpdir(), 'testbox-services-'));
    await cp(join(ROOT, 'deployment'), join(folder, 'deployment'), { recursive: true });
    await promisify(execFile)(process.execPath, [join(ROOT, 'tools/build.ts'), join(folder, 'bin')]);
    await importNode(workshop.host);
    await importPostgres(workshop.host);
  }, 300_000);
  afterAll(async () => {
    await workshop[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(['gometr', 'calendar_api', 'restapi'])(
    'should pass the tests of its file, and leave nothing: %s',
    async (name) => {
      const before = await workshop.things();

      const { code, stderr } = await workshop.run(folder, ['-f', `deployment/testbox/${name}.yaml`]);

      expect({ code, stderr: code === 0 ? '' : stderr, report: await readReport(folder) }).toEqual({
        code: 0,
        stderr: '',
        report: expect.not.stringContaining(' fail ') as string,
      });
      expect(await workshop.things()).toEqual(before);
    },
    300_000,
  );
});
