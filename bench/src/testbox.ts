import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundleExecutable } from '../../tests/_support/bundle-executable.ts';
import { startDockerEngine } from '../../tests/_support/docker-engine.ts';
import { importBusybox } from '../../tests/_support/stand-in-images.ts';
import { median } from './measure/median.ts';
import type { Figure } from './report.ts';

const run = promisify(execFile);
const ROUNDS = 7;
const TESTS = 1_000;

const BOX = `
containerName: box
image: busybox:latest
port: 80
command: httpd -f -p 80 -h /etc
files: [{path: /etc/index.html, content: hello}]
tests:
`;
const TEST = '  - {name: hello, url: /, queryType: GET, responseContains: hello}\n';

/**
 * What a run costs beside pulls, builds and the tests themselves, and what a test of a running container costs: with the
 * bundle that people run, on an engine of its own. Beside it stands what Docker's own command line needs for the same
 * network and container.
 */
export async function benchTestbox(): Promise<readonly Figure[]> {
  await using engine = await startDockerEngine();
  await importBusybox(engine.host);
  const { folder, program } = await bundleExecutable('testbox');
  try {
    const overheads: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const { wallMs, testsMs } = await runTestbox(program, folder, engine.host, BOX + TEST);
      overheads.push(wallMs - testsMs);
      bare.push(await runBare(engine.host));
    }
    const { testsMs } = await runTestbox(program, folder, engine.host, BOX + TEST.repeat(TESTS));
    const overheadMs = median(overheads);
    const perTestMs = testsMs / TESTS;
    return [
      {
        name: 'a run of testbox without pull, build and tests',
        ours: `${Math.round(overheadMs)} ms`,
        limit: `${Math.round(median(bare))} ms docker`,
        value: overheadMs,
        unit: 'ms',
        wanted: { atMost: 1_500 },
      },
      {
        name: 'a test of a running container',
        ours: `${perTestMs.toFixed(2)} ms`,
        limit: `${TESTS} tests`,
        value: perTestMs,
        unit: 'ms',
        wanted: { atMost: 5 },
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Report {
  readonly tests: readonly { readonly outcome: string; readonly durationMs: number }[];
}

async function runTestbox(program: string, folder: string, host: string, yaml: string) {
  await writeFile(join(folder, 'box.yaml'), yaml);
  const began = performance.now();
  await run(process.execPath, [program, '-f', 'box.yaml', '--json', 'report.json'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, DOCKER_HOST: host },
  });
  const wallMs = performance.now() - began;
  const { tests } = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as Report;
  return { wallMs, testsMs: tests.reduce((sum, { durationMs }) => sum + durationMs, 0) };
}

/** The same network and container, made, started and removed by Docker's own command line. */
async function runBare(host: string): Promise<number> {
  const docker = (...args: readonly string[]) => run('/usr/bin/docker', ['-H', host, ...args]);
  const began = performance.now();
  await docker('network', 'create', 'bare');
  await docker(
    'run',
    '-d',
    '--name',
    'bare',
    '--network',
    'bare',
    'busybox:latest',
    'httpd',
    '-f',
    '-h',
    '/etc',
  );
  await docker('rm', '-f', 'bare');
  await docker('network', 'rm', 'bare');
  return performance.now() - began;
}
