import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canStartEngine } from '../../../tests/_support/docker-engine.ts';
import type { DockerThings } from '../../../tests/_support/docker-things.ts';
import { openWorkshop, readReport, startTestbox, waitForWords, type Workshop } from './_support/workspace.ts';

const DOCKERFILE = 'FROM busybox:latest\nRUN echo one > /one\nRUN sleep 1000\n';
const BUILD = 'containerName: box\ndockerfile: Dockerfile\ntests: [{name: a, url: /, queryType: GET}]\n';
const WAIT = `
containerName: box
image: busybox:latest
port: 80
volumes: ['data:/data']
dependencies: [{name: store, image: 'busybox:latest', command: sleep 1000}]
command: sleep 1000
tests: [{name: a, url: /, queryType: GET}]
`;
const TEST = `
containerName: box
image: busybox:latest
port: 80
command: httpd -f -p 80 -h /tmp
tests:
  - {name: well, url: 'http://\${box:network_address}:80/bin', queryType: GET, expectedCode: 404}
  - {name: endless, url: /never, queryType: GET, eventually: 1000s}
  - {name: after, url: /, queryType: GET}
`;

/** Where to break it off: by what it has said. */
const STATES = [
  ['while it builds', BUILD, 'build box 3/'],
  ['while it waits for a container', WAIT, 'start box'],
  ['while it tests', TEST, 'ready box'],
] as const;

describe.runIf(canStartEngine('docker.io'))('testbox, broken off', () => {
  let workshop: Workshop;
  let before: DockerThings;
  beforeAll(async () => {
    workshop = await openWorkshop();
    before = await workshop.things();
  });
  afterAll(() => workshop[Symbol.asyncDispose]());

  const box = (yaml: string): Promise<string> =>
    workshop.folder({ Dockerfile: DOCKERFILE, 'box.yaml': yaml });

  it.each(STATES)('should leave nothing after Ctrl-C %s', async (_, yaml, words) => {
    const running = workshop.start(await box(yaml), ['-f', 'box.yaml']);
    await waitForWords(running, words);

    running.child.kill('SIGINT');
    const { code, stderr } = await running.finished;

    expect(stderr).toContain('broken off: removing what was made …\n');
    expect(code).toBe(130);
    expect(await workshop.things()).toEqual(before);
  });

  it('should leave nothing after a second Ctrl-C either', async () => {
    const running = workshop.start(await box(WAIT), ['-f', 'box.yaml']);
    await waitForWords(running, 'start box');

    running.child.kill('SIGINT');
    await waitForWords(running, 'broken off');
    running.child.kill('SIGINT');
    const { code } = await running.finished;

    expect(code).toBe(130);
    expect(await workshop.things()).toEqual(before);
  });

  it('should leave nothing when its terminal is closed', async () => {
    // What is written to it from then on is an error.
    const inTerminal = ['sh', '-c', 'exec script -qfec "$*" /dev/null >&2', 'sh'];
    const running = startTestbox(
      await box(WAIT),
      ['-f', 'box.yaml'],
      { DOCKER_HOST: workshop.host },
      { before: inTerminal },
    );
    await waitForWords(running, 'waiting for box');

    running.child.kill('SIGKILL');

    await expect.poll(() => workshop.things(), { timeout: 30_000 }).toEqual(before);
  });

  it('should report what has passed before it was broken off', async () => {
    const folder = await box(TEST);
    const running = workshop.start(folder, ['-f', 'box.yaml']);
    await waitForWords(running, 'ready box');

    running.child.kill('SIGTERM');
    await running.finished;

    const report = await readReport(folder);
    expect(report.split('\n')).toHaveLength(4);
    expect(report).toContain(
      'endless fail (not run: the run was broken off)\nafter fail (not run: the run was broken off)\n',
    );
  });

  it.each(STATES)('should be cleaned up after by clean when it was killed %s', async (_, yaml, words) => {
    const folder = await box(yaml);
    const running = workshop.start(folder, ['-f', 'box.yaml']);
    await waitForWords(running, words);

    running.child.kill('SIGKILL');
    await running.finished;
    const left = await workshop.things();
    // The engine itself ends a build whose client has gone, in its own time.
    const { code, stdout } = await workshop.run(folder, ['clean']);

    expect(left).not.toEqual(before);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^removed [1-9]\d*\n$/);
    await expect.poll(() => workshop.things(), { timeout: 30_000 }).toEqual(before);
  });

  it('should be cleaned up after by the next run, which leaves those alone that go on', async () => {
    const folder = await box(WAIT);
    const other = workshop.start(await box(WAIT), ['-f', 'box.yaml']);
    await waitForWords(other, 'start box');
    const killed = workshop.start(folder, ['-f', 'box.yaml']);
    await waitForWords(killed, 'start box');
    killed.child.kill('SIGKILL');
    await killed.finished;

    const next = workshop.start(folder, ['-f', 'box.yaml']);
    await waitForWords(next, 'start box');
    expect(next.stderr()).toContain('removed 4 leftovers of runs that were killed');
    expect((await workshop.things()).containers).toHaveLength(4);
    const clean = await workshop.run(folder, ['clean']);
    expect(clean.stdout).toBe('removed 0\nleft alone 8 of runs that go on\n');

    for (const running of [other, next]) running.child.kill('SIGINT');
    await Promise.all([other.finished, next.finished]);
    expect(await workshop.things()).toEqual(before);
  });

  it('should touch nothing that it has not made', async () => {
    const { Id } = await workshop
      .ask<{ readonly Id: string }>('/volumes/create', 'POST')
      .then(() => ({ Id: '' }));
    const mine = await workshop.things();

    await workshop.run(await box(WAIT.replace('sleep 1000\ntests', 'exit 1\ntests')), ['-f', 'box.yaml']);
    await workshop.run(await box(WAIT), ['clean', '--all']);

    expect(Id).toBe('');
    expect(await workshop.things()).toEqual(mine);
    for (const name of mine.volumes) await workshop.ask(`/volumes/${name}`, 'DELETE');
  });
});
