import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canStartEngine } from '../../../tests/_support/docker-engine.ts';
import { listDockerThings } from '../../../tests/_support/docker-things.ts';
import { startPodman, type TestPodman } from '../../../tests/_support/podman-engine.ts';
import { withBusyboxArchive } from '../../../tests/_support/stand-in-images.ts';
import { readReport, startTestbox } from './_support/workspace.ts';

const BOX = `
containerName: box
dockerfile: Dockerfile
volumes: ['data:/data']
dependencies:
  - {name: store, image: 'busybox:latest', port: 90, command: httpd -f -p 90 -h /etc,
     files: [{path: /etc/index.html, content: the store}]}
tests:
  - {name: built, url: /one, queryType: GET, responseContains: one}
  - {name: store, url: 'http://\${store:network_address}:90/', queryType: GET, responseContains: the store}
  - {name: missing, url: /nothing, queryType: GET}
`;

describe.runIf(canStartEngine('podman'))('testbox with Podman', () => {
  let podman: TestPodman;
  let folder: string;
  beforeAll(async () => {
    podman = await withBusyboxArchive(startPodman);
    folder = await mkdtemp(join(tmpdir(), 'testbox-podman-'));
  });
  afterAll(async () => {
    await podman[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  const run = (dockerfile: string) =>
    writeFile(join(folder, 'Dockerfile'), dockerfile)
      .then(() => writeFile(join(folder, 'box.yaml'), BOX))
      .then(
        () =>
          startTestbox(folder, ['-f', 'box.yaml'], { DOCKER_HOST: podman.host }, { before: podman.enter })
            .finished,
      );

  it('should build, start, test, report, and leave nothing behind', async () => {
    const before = await listDockerThings(podman.host);

    const { code, stderr } = await run(
      'FROM busybox:latest\nRUN mkdir /www && echo one > /www/one\nEXPOSE 80\nCMD ["httpd", "-f", "-p", "80", "-h", "/www"]\n',
    );

    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('ready box') as string });
    expect(await readReport(folder)).toBe('built ок\nstore ок\nmissing fail (ExpectedCode 2xx got 404)\n');
    expect(await listDockerThings(podman.host)).toEqual(before);
  });

  it('should show the failing step of a build, and leave nothing of it', async () => {
    const before = await listDockerThings(podman.host);

    const { code, stderr } = await run('FROM busybox:latest\nRUN echo one > /one\nRUN echo broken; exit 3\n');

    expect(code).toBe(6);
    expect(stderr).toMatch(/the build failed: .*\nSTEP 3\/\d: RUN echo broken; exit 3\n/);
    expect(await listDockerThings(podman.host)).toEqual(before);
  });
});
