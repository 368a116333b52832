import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canStartEngine } from '../../../tests/_support/docker-engine.ts';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { openWorkshop, type Workshop } from './_support/workspace.ts';

const BUSY = `
containerName: busy
image: busybox:latest
port: 80
command: 'httpd -f -p 80 -h /tmp & while true; do :; done'
tests: [{name: a, url: /, queryType: GET, expectedCode: 404}]
`;

describe.runIf(canStartEngine('docker.io'))('testbox top', () => {
  let workshop: Workshop;
  beforeAll(async () => {
    workshop = await openWorkshop();
  });
  afterAll(() => workshop[Symbol.asyncDispose]());

  it('should say that nothing is running', async () => {
    expect(await workshop.run('/', ['top'])).toEqual({
      code: 0,
      stdout: 'no container is running\n',
      stderr: '',
    });
  });

  it('should show running containers with their CPU and memory, again and again where it is asked to', async () => {
    const folder = await workshop.folder({ 'box.yaml': BUSY });
    await workshop.run(folder, ['-f', 'box.yaml', '--keep']);

    const { code, stdout } = await workshop.run(folder, ['top']);
    const stream = workshop.start(folder, ['top', '--stream']);
    let seen = '';
    stream.child.stdout?.on('data', (text: string) => (seen += text));
    await waitFor('two tables', () => (seen.match(/^NAME /gm) ?? []).length >= 2);
    stream.child.kill('SIGINT');
    const end = await stream.finished;
    await workshop.run(folder, ['clean']);

    expect(code).toBe(0);
    const [, cpu, memory] =
      /^NAME +CPU +MEMORY +LIMIT +IMAGE\nbusy-\d+ +([\d.]+) % +([\d.]+) [KM]iB .* busybox:latest\n$/.exec(
        stdout,
      ) ?? expect.unreachable(stdout);
    expect(Number(cpu)).toBeGreaterThan(1);
    expect(Number(memory)).toBeGreaterThan(0);
    expect(end.code).toBe(0);
  });
});
