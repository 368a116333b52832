import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canStartEngine } from '../../../tests/_support/docker-engine.ts';
import type { DockerThings } from '../../../tests/_support/docker-things.ts';
import { openWorkshop, readReport, SHOP, type Workshop } from './_support/workspace.ts';

/** Speaks to fickle, which ends then, and answers once that has gone. */
const REASON = `#!/bin/sh
echo looked at the shelf >&2
echo | nc -w 1 fickle 80
while ping -c 1 -W 1 fickle > /dev/null 2>&1; do :; done
printf 'Status: 500\\r\\nContent-Type: application/json\\r\\n\\r\\n{"error":"the shelf is empty"}'
`;

describe.runIf(canStartEngine('docker.io'))('testbox start', () => {
  let workshop: Workshop;
  let before: DockerThings;
  beforeAll(async () => {
    workshop = await openWorkshop();
    before = await workshop.things();
  });
  afterAll(() => workshop[Symbol.asyncDispose]());

  async function shop(yaml: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
    const folder = await workshop.folder({ ...SHOP, ...more, 'shop.yaml': yaml });
    for (const script of ['echo', 'env']) await chmod(join(folder, 'www/cgi-bin', script), 0o755);
    return folder;
  }

  it('should build, start, test, report, and leave nothing behind', async () => {
    const folder = await shop(`
ContainerName: shop
Dockerfile: Dockerfile
tests:
  - {name: greets, url: /, queryType: GET, expectedCode: 200, responseContains: hello from the shop}
  - {name: was built, url: built.txt, queryType: get, responseContains: made while building}
  - {name: echoes, url: /cgi-bin/echo, queryType: POST, query: {a: 1}, responseContains: '{"a":1}',
     expectedHeaders: {X-Shop: open}}
  - {name: lists goods, url: /goods.json, queryType: GET,
     expectedJson: {'goods[0].name': pencil, goods: {$length: 2}}}
`);

    const { code, stdout, stderr } = await workshop.run(folder, ['-f', 'shop.yaml']);

    expect(stderr).toMatch(/start shop \(shop-\d+:latest\) at 10\./);
    expect(stdout).toBe('greets ок\nwas built ок\nechoes ок\nlists goods ок\n4 passed, 0 failed\n');
    expect(await readReport(folder)).toBe('greets ок\nwas built ок\nechoes ок\nlists goods ок\n');
    expect(code).toBe(0);
    expect(await workshop.things()).toEqual(before);
  });

  it('should tell of each test that fails, and end with 1', async () => {
    const folder = await shop(`
containerName: shop
dockerfile: Dockerfile
tests:
  - {name: wrong code, url: /, queryType: GET, expectedCode: 400}
  - {name: missing, url: /nothing, queryType: GET}
  - {name: other words, url: /, queryType: GET, responseContains: [hello, goodbye]}
  - {name: well, url: /, queryType: HEAD}
`);

    const { code } = await workshop.run(folder, [
      'start',
      '-f',
      'shop.yaml',
      '--junit',
      'junit.xml',
      '--json',
      'report.json',
    ]);

    expect(code).toBe(1);
    expect(await readReport(folder)).toBe(
      [
        'wrong code fail (ExpectedCode 400 got 200)',
        'missing fail (ExpectedCode 2xx got 404)',
        String.raw`other words fail (ResponseContains "goodbye" got "hello from the shop\\n")`,
        'well ок',
        '',
      ].join('\n'),
    );
    expect(await readReport(folder, 'junit.xml')).toContain('tests="4" failures="3" errors="0"');
    expect(JSON.parse(await readReport(folder, 'report.json'))).toMatchObject({ passed: 1, failed: 3 });
    expect(await workshop.things()).toEqual(before);
  });

  it('should show why a test has failed: the answer, and the last words of the container', async () => {
    const folder = await shop(
      `
containerName: shop
dockerfile: Dockerfile
dependencies:
  - {name: fickle, image: 'busybox:latest', command: 'echo here; nc -l -p 80 > /dev/null; echo good night; exit 9', waitFor: {log: here}}
  - {name: done, image: 'busybox:latest', command: 'true', waitFor: {finished: true}}
tests:
  - {name: asks, url: /cgi-bin/reason, queryType: GET, expectedCode: 200, timeout: 30s}
`,
      { 'www/cgi-bin/reason': REASON },
    );
    await chmod(join(folder, 'www/cgi-bin/reason'), 0o755);

    const { code, stdout, stderr } = await workshop.run(folder, ['-f', 'shop.yaml']);

    expect(code).toBe(1);
    expect(stdout).toBe('asks fail (ExpectedCode 200 got 500)\n0 passed, 1 failed\n');
    expect(stderr).toContain('  the answer was {"error":"the shelf is empty"}\n');
    expect(stderr).toContain('the last lines of shop’s log:\n  looked at the shelf\n');
    expect(stderr).toContain(
      'fickle: the container has ended with code 9\nthe last lines of fickle’s log:\n  here\n  good night\n',
    );
    expect(stderr).not.toContain('done’s log');
  });

  it('should end with 0 for failing tests where it only collects, and write ok where it is asked to', async () => {
    const folder = await shop(`
containerName: shop
dockerfile: Dockerfile
tests:
  - {name: a, url: /, queryType: GET}
  - {name: b, url: /b, queryType: GET}
`);

    const { code } = await workshop.run(folder, ['-f', 'shop.yaml', '--exit-zero', '--ascii']);

    expect(code).toBe(0);
    expect(await readReport(folder)).toBe('a ok\nb fail (ExpectedCode 2xx got 404)\n');
  });

  it('should give dependencies’ addresses to whoever names them, in the order in which they are needed', async () => {
    const folder = await shop(`
containerName: shop
dockerfile: Dockerfile
environment: ['STORE=\${store:network_address}']
dependencies:
  - {name: store, image: 'busybox:latest', port: 9000, command: 'echo kept by $KEEPER; httpd -f -p 9000 -h /tmp',
     waitFor: {log: 'kept by \${keeper:network_address}', port: 9000},
     environment: ['KEEPER=\${keeper:network_address}'],
     files: [{path: /tmp/index.html, content: 'keeper \${keeper:network_address}'}]}
  - {name: keeper, image: 'busybox:latest', command: [sleep, '1000']}
tests:
  - {name: knows the store, url: /cgi-bin/env, queryType: GET, responseContains: 'STORE=\${store:network_address}'}
  - {name: the store answers, url: 'http://\${store:network_address}:9000/', queryType: GET,
     responseContains: 'keeper \${keeper:network_address}'}
`);

    const { code, stderr } = await workshop.run(folder, ['-f', 'shop.yaml']);

    expect(await readReport(folder)).toBe('knows the store ок\nthe store answers ок\n');
    expect(code).toBe(0);
    expect(stderr.indexOf('start keeper')).toBeLessThan(stderr.indexOf('start store'));
    expect(await workshop.things()).toEqual(before);
  });

  it('should hand on what a test has captured, and try again what is to come about eventually', async () => {
    const folder = await shop(`
containerName: shop
dockerfile: Dockerfile
command: sh -c 'httpd -p 8080 -h /www; sleep 1; echo late > /www/late.txt; sleep 1000'
tests:
  - {name: takes the name, url: /goods.json, queryType: GET, capture: {thing: 'goods[1].name'}}
  - {name: uses it, url: /cgi-bin/echo, queryType: POST, query: 'a \${thing}', responseContains: a paper}
  - {name: comes late, url: /late.txt, queryType: GET, eventually: 20s, responseContains: late}
  - {name: never comes, url: /never.txt, queryType: GET, eventually: 200ms}
`);

    const { code } = await workshop.run(folder, ['-f', 'shop.yaml']);

    expect(code).toBe(1);
    expect(await readReport(folder)).toBe(
      'takes the name ок\nuses it ок\ncomes late ок\nnever comes fail (ExpectedCode 2xx got 404; still so after 200 ms)\n',
    );
  });

  it('should run a hundred tests in parallel', async () => {
    const tests = Array.from({ length: 100 }, (_, i) => `  - {name: t${i}, url: /?${i}, queryType: GET}`);
    const folder = await shop(`
containerName: shop
dockerfile: Dockerfile
parallel: 100
tests:
${tests.join('\n')}
`);

    const { code } = await workshop.run(folder, ['-f', 'shop.yaml']);

    expect(await readReport(folder)).toBe(Array.from({ length: 100 }, (_, i) => `t${i} ок\n`).join(''));
    expect(code).toBe(0);
    expect(await workshop.things()).toEqual(before);
  });

  it('should not let runs at once disturb each other', async () => {
    const yaml = `
containerName: shop
dockerfile: Dockerfile
volumes: ['data:/data']
tests:
  - {name: a, url: /, queryType: GET}
`;
    const folders = await Promise.all([shop(yaml), shop(yaml), shop(yaml)]);

    const ends = await Promise.all(folders.map((folder) => workshop.run(folder, ['-f', 'shop.yaml'])));

    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(await workshop.things()).toEqual(before);
  });

  it('should build a Dockerfile once for all who are of it', async () => {
    const folder = await shop(`
containerName: shop
dockerfile: Dockerfile
dependencies:
  - {name: branch, dockerfile: Dockerfile}
  - {name: other, dockerfile: ./Dockerfile, buildArgs: {A: b}}
tests:
  - {name: branch, url: 'http://\${branch:network_address}:8080/', queryType: GET}
`);

    const { code, stderr } = await workshop.run(folder, ['-f', 'shop.yaml']);

    expect(code).toBe(0);
    expect(stderr).toMatch(/start branch \(shop-\d+:latest\)/);
    expect(stderr).toMatch(/start other \(other-\d+:latest\)/);
    expect(await workshop.things()).toEqual(before);
  });

  it('should keep everything for a look where it is asked to, and clean it then', async () => {
    const folder = await shop(`
containerName: shop
dockerfile: Dockerfile
volumes: ['data:/data']
tests:
  - {name: a, url: /, queryType: GET}
`);

    const { code, stderr } = await workshop.run(folder, ['-f', 'shop.yaml', '--keep']);
    const [, name = ''] = /docker exec -it (shop-\d+) sh/.exec(stderr) ?? [];
    const kept = await workshop.things();
    await workshop.run(folder, ['-f', 'shop.yaml']);
    const still = await workshop.things();
    const cleaned = await workshop.run(folder, ['clean']);

    expect(code).toBe(0);
    expect(kept.containers).toEqual([`/${name}`]);
    expect(still).toEqual(kept);
    expect(cleaned).toMatchObject({ code: 0, stdout: 'removed 4\n' });
    expect(await workshop.things()).toEqual(before);
  });
});
