import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canStartEngine } from '../../../tests/_support/docker-engine.ts';
import type { DockerThings } from '../../../tests/_support/docker-things.ts';
import { openWorkshop, readReport, type Workshop } from './_support/workspace.ts';

/** A container that is never tested, for it does not come so far. */
const TESTS = 'tests: [{name: a, url: /, queryType: GET}]';

describe.runIf(canStartEngine('docker.io'))('testbox, when it cannot be done', () => {
  let workshop: Workshop;
  let before: DockerThings;
  beforeAll(async () => {
    workshop = await openWorkshop();
    before = await workshop.things();
  });
  afterAll(() => workshop[Symbol.asyncDispose]());

  async function run(yaml: string, files: Readonly<Record<string, string>> = {}) {
    const folder = await workshop.folder({ ...files, 'box.yaml': `${yaml}\n${TESTS}\n` });
    const { code, stderr } = await workshop.run(folder, ['-f', 'box.yaml']);
    return { code, stderr, report: await readReport(folder).catch(() => 'none') };
  }

  it('should show the failing step of a build with its output, and leave none of its images', async () => {
    const dockerfile =
      'FROM busybox:latest\nRUN echo one > /one\nRUN echo two > /two\nRUN echo about to fail && ls /nowhere\n';

    const { code, stderr, report } = await run('containerName: broken\ndockerfile: Dockerfile', {
      Dockerfile: dockerfile,
    });

    expect(code).toBe(6);
    expect(stderr).toMatch(
      /testbox: broken-\d+: the build failed: The command '\/bin\/sh -c echo about to fail/,
    );
    expect(stderr).toMatch(/\nStep 4\/\d : RUN echo about to fail && ls \/nowhere\n/);
    // The engine does not keep the order between the two outputs of a step.
    expect(stderr).toContain('\n  about to fail\n');
    expect(stderr).toContain('\n  ls: /nowhere: No such file or directory\n');
    expect(stderr).not.toContain('LABEL org.daywatch');
    expect(stderr).not.toMatch(/^ +$/m);
    expect(report).toMatch(/^a fail \(not run: broken-\d+: the build failed/);
    expect(await workshop.things()).toEqual(before);
  });

  it('should say which image is not to be had', async () => {
    const { code, stderr } = await run('containerName: box\nimage: registry.invalid/nothing:1');

    expect(code).toBe(5);
    expect(stderr).toContain(
      'testbox: the image registry.invalid/nothing:1 is not here, and pulling it failed: ',
    );
    expect(stderr).not.toContain('HTTP code');
    expect(await workshop.things()).toEqual(before);
  });

  it('should say that a container has died at its start, with its last words', async () => {
    const { code, stderr } = await run(
      `containerName: box\nimage: busybox:latest\nport: 80\ncommand: 'echo no luck today; exit 3'`,
    );

    expect(code).toBe(7);
    expect(stderr).toContain(
      'testbox: box: the container ended with code 3 before it was ready\nthe last lines of its log:\n  no luck today\n',
    );
    expect(await workshop.things()).toEqual(before);
  });

  it('should say that a command is not in the image', async () => {
    const { code, stderr } = await run(
      `containerName: box\nimage: busybox:latest\nport: 80\ncommand: [nonsense]`,
    );

    expect(code).toBe(7);
    expect(stderr).toMatch(/testbox: box-\d+: the container cannot be started: .*nonsense/);
    expect(await workshop.things()).toEqual(before);
  });

  it('should say that a port never opened, with the last words of the container', async () => {
    const { code, stderr } = await run(
      `containerName: box\nimage: busybox:latest\nport: 81\nwaitFor: {port: 81, timeout: 500ms}\ncommand: 'echo waiting for nothing; sleep 1000'`,
    );

    expect(code).toBe(8);
    expect(stderr).toContain(
      'testbox: box: the container did not open port 81 within 500 ms: nobody listens there\nthe last lines of its log:\n  waiting for nothing\n',
    );
    expect(await workshop.things()).toEqual(before);
  });

  it('should say that no port is known', async () => {
    const { code, stderr } = await run(`containerName: box\nimage: busybox:latest`);

    expect(code).toBe(2);
    expect(stderr).toContain("testbox: box: the image exposes no port, and the test 'a' needs one");
  });

  it('should say that no engine answers', async () => {
    const folder = await workshop.folder({ 'box.yaml': `containerName: box\nimage: busybox\n${TESTS}` });

    const { code, stderr } = await workshop.run(folder, ['-f', 'box.yaml'], {
      DOCKER_HOST: 'unix:///nowhere/docker.sock',
    });

    expect(code).toBe(3);
    expect(stderr).toContain('testbox: no Docker Engine answers at unix:///nowhere/docker.sock (ENOENT)');
    expect(await readReport(folder)).toMatch(/^a fail \(not run: no Docker Engine answers/);
  });

  it('should touch nothing for a faulty file, nor leave an old report lying', async () => {
    const folder = await workshop.folder({ 'box.yaml': 'containerName: box\n', 'report.txt': 'a ок\n' });

    const { code, stderr } = await workshop.run(folder, ['-f', 'box.yaml'], {
      DOCKER_HOST: 'unix:///nowhere',
    });

    expect(code).toBe(2);
    expect(stderr).toContain(
      "box.yaml:1:1: the key 'tests' is missing; allowed is a list of tests, at least 1\n",
    );
    await expect(readReport(folder)).rejects.toThrow('ENOENT');
  });
});
