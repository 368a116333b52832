import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importBusybox } from '../../../tests/_support/stand-in-images.ts';
import { canStartEngine } from '../../../tests/_support/docker-engine.ts';
import { openWorkshop, type Workshop } from './_support/workspace.ts';

const README = await readFile(join(import.meta.dirname, '../README.md'), 'utf8');
const [FIRST = '', SECOND = ''] = Array.from(README.matchAll(/```yaml\n(.*?)```/gs), ([, code]) => code);

describe.runIf(canStartEngine('docker.io'))('the README', () => {
  let workshop: Workshop;
  beforeAll(async () => {
    workshop = await openWorkshop();
  });
  afterAll(() => workshop[Symbol.asyncDispose]());

  it('should have a first example that runs as it stands, on an image of its name', async () => {
    await importBusybox(workshop.host, 'raw:latest');
    const image = await workshop.folder({
      Dockerfile:
        'FROM raw:latest\nCOPY index.html /www/\nEXPOSE 80\nCMD ["httpd", "-f", "-p", "80", "-h", "/www"]\n',
      'index.html': '<h1>Welcome to nginx!</h1>\n',
      // With --keep the image stays, and can be given the name that the example wants.
      'testbox.yaml': 'containerName: nginx\ndockerfile: .\ntests: [{name: a, url: /, queryType: GET}]\n',
    });
    const { stderr } = await workshop.run(image, ['--keep']);
    const [, built] = /docker exec -it (nginx-\d+) /.exec(stderr) ?? expect.unreachable(stderr);
    await workshop.ask(`/images/${built}:latest/tag?repo=nginx&tag=latest`, 'POST');
    const folder = await workshop.folder({ 'testbox.yaml': FIRST });

    const { code, stdout } = await workshop.run(folder, []);

    expect({ code, stdout }).toEqual({ code: 0, stdout: 'greets ок\n1 passed, 0 failed\n' });
    expect(README).toContain(stdout);
  });

  it('should have valid examples', async () => {
    const folder = await workshop.folder({ Dockerfile: 'FROM scratch\n', 'testbox.yaml': SECOND });

    expect((await workshop.run(folder, ['validate'])).stdout).toBe('testbox.yaml: valid, 3 tests\n');
  });

  it('should name every key that there is', async () => {
    const { stdout } = await workshop.run('/', ['schema']);
    for (const key of listKeys(JSON.parse(stdout) as Schema)) expect(README).toContain(key);
  });
});

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

function listKeys({ properties = {}, items }: Schema): readonly string[] {
  const below = Object.entries(properties).flatMap(([key, child]) => [key, ...listKeys(child)]);
  return [...below, ...(items ? listKeys(items) : [])];
}
