import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { canStartEngine } from '../../../tests/_support/docker-engine.ts';
import type { DockerThings } from '../../../tests/_support/docker-things.ts';
import { openWorkshop, waitForWords, type Workshop } from './_support/workspace.ts';

const ENDLESS = `
containerName: box
image: busybox:latest
port: 80
command: httpd -f -p 80 -h /tmp
tests: [{name: endless, url: /never, queryType: GET, eventually: 1000s}]
`;

interface Container {
  readonly Id: string;
  readonly Labels: Readonly<Record<string, string>>;
}

describe.runIf(canStartEngine('docker.io'))('testbox clean, after a build that was killed', () => {
  let workshop: Workshop;
  let before: DockerThings;
  let step: string;
  beforeAll(async () => {
    workshop = await openWorkshop();
    before = await workshop.things();
  });
  afterAll(() => workshop[Symbol.asyncDispose]());
  beforeEach(async () => {
    step = await leaveBuildStep();
  });

  it('should remove the container of the next step that the engine has forgotten', async () => {
    await makeContainer(['true']);

    const { code, stdout } = await workshop.run(await workshop.folder({}), ['clean']);

    expect({ code, stdout }).toEqual({ code: 0, stdout: 'removed 1\n' });
    expect(await workshop.things()).toEqual(before);
  });

  it('should wait for the container of the next step that the engine is just ending', async () => {
    const container = await makeContainer(['sleep', '3'], { AutoRemove: true });
    await workshop.ask(`/containers/${container}/start`, 'POST');

    const { code, stdout } = await workshop.run(await workshop.folder({}), ['clean']);

    expect({ code, stdout }).toEqual({ code: 0, stdout: 'removed 1\n' });
    expect(await workshop.things()).toEqual(before);
  });

  it('should leave a container alone that runs on the image', async () => {
    const container = await makeContainer(['sleep', '1000']);
    await workshop.ask(`/containers/${container}/start`, 'POST');

    const { code, stderr } = await workshop.run(await workshop.folder({}), ['clean']);

    expect(code).toBe(9);
    expect(stderr).toContain(`build-step ${step} could not be removed`);
    expect((await workshop.things()).containers).toHaveLength(1);
    await workshop.ask(`/containers/${container}?force=1`, 'DELETE');
    await workshop.run(await workshop.folder({}), ['clean']);
  });

  /** An intermediate image, named as a run that is no more would have named it; nothing else of that run is left. */
  async function leaveBuildStep(): Promise<string> {
    const folder = await workshop.folder({ 'box.yaml': ENDLESS });
    const running = workshop.start(folder, ['-f', 'box.yaml']);
    await waitForWords(running, 'ready box');
    running.child.kill('SIGKILL');
    await running.finished;
    const [box] = await workshop.ask<readonly Container[]>('/containers/json?all=1');
    const name = `testbox-build/${box?.Labels['org.daywatch.testbox.run']}`;
    await workshop.run(folder, ['clean']);
    const { Id } = await workshop.ask<{ readonly Id: string }>('/containers/create', 'POST', {
      Image: 'busybox:latest',
    });
    await workshop.ask(`/commit?container=${Id}&repo=${name}&tag=1`, 'POST', {});
    await workshop.ask(`/containers/${Id}`, 'DELETE');
    return `${name}:1`;
  }

  async function makeContainer(Cmd: readonly string[], HostConfig = {}): Promise<string> {
    const made = await workshop.ask<Container>('/containers/create', 'POST', {
      Image: step,
      Cmd,
      HostConfig,
    });
    return made.Id;
  }
});
