import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canStartEngine } from '../../../tests/_support/docker-engine.ts';
import type { DockerThings } from '../../../tests/_support/docker-things.ts';
import { openWorkshop, readReport, type Workshop } from './_support/workspace.ts';

const MAIN = join(import.meta.dirname, '../src/main.ts');

describe.runIf(canStartEngine('docker.io'))('the containers of testbox', () => {
  let workshop: Workshop;
  let before: DockerThings;
  beforeAll(async () => {
    workshop = await openWorkshop();
    before = await workshop.things();
  });
  afterAll(() => workshop[Symbol.asyncDispose]());

  it('should be waited for in every way that there is', async () => {
    const folder = await workshop.folder({
      Dockerfile: [
        'FROM busybox:latest',
        'HEALTHCHECK --interval=1s --retries=60 CMD test -f /tmp/healthy',
        'CMD ["/bin/sh", "-c", "sleep 1; touch /tmp/healthy; sleep 1000"]',
        '',
      ].join('\n'),
      'box.yaml': `
containerName: box
image: busybox:latest
port: 80
command: 'touch /tmp/index.html; httpd -f -p 80 -h /tmp'
waitFor: {http: /index.html, code: 200}
dependencies:
  - {name: checked, dockerfile: Dockerfile}
  - {name: talks, image: 'busybox:latest', command: 'sleep 1; echo now I am ready; sleep 1000', waitFor: {log: I am ready}}
  - {name: ends, image: 'busybox:latest', command: 'sleep 1; exit 0', waitFor: {finished: true}}
  - {name: listens, image: 'busybox:latest', command: 'sleep 1; httpd -f -p 90 -h /tmp', waitFor: {port: 90}}
  - {name: runs, image: 'busybox:latest', command: sleep 1000, port: 99, waitFor: {started: true}}
tests: [{name: a, url: /index.html, queryType: GET}]
`,
    });

    const { code, stderr } = await workshop.run(folder, ['-f', 'box.yaml']);

    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/ready checked[^]*ready box/) as string,
    });
    for (const name of ['checked', 'talks', 'ends', 'listens', 'runs'])
      expect(stderr).toContain(`ready ${name} after `);
    expect(await workshop.things()).toEqual(before);
  });

  it.each([
    [
      'HEALTHCHECK --interval=1s --retries=1 CMD echo broken inside; exit 1',
      '',
      'did not pass its health check within 3 s: it is unhealthy: broken inside',
    ],
    [
      '',
      'waitFor: {log: never, timeout: 1s}',
      "did not write 'never' to its log within 1 s: no line of it says so",
    ],
    [
      'EXPOSE 80',
      'waitFor: {http: /, code: 204, timeout: 1s}',
      'did not answer / with 204 within 1 s: ExpectedCode 204 got 404',
    ],
    ['', 'waitFor: {finished: true, timeout: 1s}', 'did not end within 1 s: it still runs'],
  ])('should be told of when they are never ready: %s %s', async (line, wait, message) => {
    const folder = await workshop.folder({
      Dockerfile: `FROM busybox:latest\n${line}\nCMD ["httpd", "-f", "-p", "80", "-h", "/tmp"]\n`,
      'box.yaml': `
containerName: box
dockerfile: .
${wait === '' ? 'waitFor: {healthy: true, timeout: 3s}' : wait}
tests: [{name: a, url: 'http://example.org/', queryType: GET}]
`,
    });

    const { code, stderr } = await workshop.run(folder, ['-f', 'box.yaml']);

    expect(code).toBe(8);
    expect(stderr).toContain(`testbox: box: the container ${message}`);
    expect(await workshop.things()).toEqual(before);
  });

  it('should have the volumes, files, ports, build arguments and names that the file gives them', async () => {
    const folder = await workshop.folder({
      'image/Dockerfile':
        'FROM busybox:latest\nARG WORD\nRUN mkdir /www && echo $WORD > /www/word\nCOPY . /www/\nEXPOSE 80\n',
      'image/.dockerignore': 'secret*\n!secret-but-wanted\n',
      'image/page': 'a page',
      'image/secret': 'hidden',
      'image/secret-but-wanted': 'shown',
      'host/note': 'from the host',
      'given.txt': 'given',
      'box.yaml': `
containerName: Box
dockerfile: image
buildArgs: {WORD: magic}
command: 'cat /shared/made > /www/made; cp /host/note /given /content /www; wget -q -O /www/named http://store/; touch /host/x 2>/dev/null || echo read only > /www/ro; httpd -f -p 80 -h /www'
volumes: ['shared:/shared', './host:/host:ro']
files: [{path: /given, source: given.txt}, {path: /content, content: "deep\\ncontent"}]
ports: ['127.0.0.1:0:80']
dependencies:
  - {name: store, image: 'busybox:latest', port: 80, volumes: ['shared:/shared'], files: [{path: /etc/index.html, content: by name}],
     command: 'echo shared > /shared/made; httpd -f -p 80 -h /etc'}
parallel: true
tests:
  - {name: word, url: /word, queryType: GET, responseContains: magic}
  - {name: page, url: /page, queryType: GET, responseContains: a page}
  - {name: hidden, url: /secret, queryType: GET, expectedCode: 404}
  - {name: shown, url: /secret-but-wanted, queryType: GET, responseContains: shown}
  - {name: volume, url: /made, queryType: GET, responseContains: shared}
  - {name: host, url: /note, queryType: GET, responseContains: from the host}
  - {name: read only, url: /ro, queryType: GET, responseContains: read only}
  - {name: source, url: /given, queryType: GET, responseContains: given}
  - {name: content, url: /content, queryType: GET, responseContains: content}
  - {name: host name, url: /named, queryType: GET, responseContains: by name}
`.replace("'127.0.0.1:0:80'", "'80'"),
    });

    const { code } = await workshop.run(folder, ['-f', 'box.yaml']);

    const names = [
      'word',
      'page',
      'hidden',
      'shown',
      'volume',
      'host',
      'read only',
      'source',
      'content',
      'host name',
    ];
    expect(await readReport(folder)).toBe(names.map((name) => `${name} ок\n`).join(''));
    expect(code).toBe(0);
    expect(await workshop.things()).toEqual(before);
  });

  it('should be told of in colour on a terminal alone', async () => {
    const folder = await workshop.folder({
      'box.yaml': `
containerName: box
image: busybox:latest
port: 80
command: httpd -f -p 80 -h /etc
tests: [{name: a, url: /, queryType: GET}]
`,
    });
    const command = `${process.execPath} ${MAIN} -f box.yaml`;
    const inTerminal = (env: Readonly<Record<string, string>>) =>
      promisify(execFile)('script', ['-qec', command, '/dev/null'], {
        cwd: folder,
        env: { PATH: process.env['PATH'], TERM: 'xterm', DOCKER_HOST: workshop.host, ...env },
      }).catch((error: unknown) => error as { readonly stdout: string });

    const colored = await inTerminal({});
    const plain = await inTerminal({ NO_COLOR: '1' });
    const piped = await workshop.run(folder, ['-f', 'box.yaml']);

    expect(colored.stdout).toContain('\u001b[31ma fail (ExpectedCode 2xx got 404)\u001b[39m');
    expect(colored.stdout).toContain('waiting for box to open port 80');
    for (const color of [2, 31, 32]) expect(plain.stdout).not.toContain(`\u001b[${color}m`);
    expect(piped.stdout + piped.stderr).not.toContain('\u001b');
  });
});
