import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hasDebianPackage } from './debian-packages.ts';
import { nameEngine, removeEngineTraces } from './docker-engine-traces.ts';
import { makeServerFolder, removeLeftovers } from './leftovers.ts';
import { waitFor } from './wait-for.ts';

/** A Docker Engine of the test run's own. Nothing is in it at first, and no registry can be reached from it. */
export interface TestEngine extends AsyncDisposable {
  /** `unix://…`, for DOCKER_HOST. */
  readonly host: string;
}

const run = promisify(execFile);
const PROGRAM = '/usr/sbin/dockerd';
const START_DEADLINE_MS = 60_000;

/** Whether tests that start an engine may run: it needs its package, and root. In CI they run, and fail without. */
export function canStartEngine(debianPackage: 'docker.io' | 'podman'): boolean {
  if (!hasDebianPackage(debianPackage)) return false;
  if (process.env['CI'] === 'true' || process.getuid?.() === 0) return true;
  console.warn(`SKIPPED: the tests that start an engine of ${debianPackage}; they need root`);
  return false;
}

/**
 * Starts Debian's Docker Engine, which takes about a second. The system's engine, its networks and the rules of the
 * firewall are not touched: it has a folder, a bridge and a range of addresses of its own, and sets no rules. It lives
 * in a process namespace, whose end is the end of everything in it, so a test run that is killed leaves no container
 * running. Containers reach each other and this machine, and nothing beyond.
 */
export async function startDockerEngine(): Promise<TestEngine> {
  if (!existsSync(PROGRAM))
    throw new Error(`Docker is missing at ${PROGRAM}: install Debian's package docker.io (make test does)`);
  if (process.getuid?.() !== 0)
    throw new Error(
      'a Docker Engine for tests must be started by root: it makes namespaces, bridges and mounts',
    );
  await removeLeftovers();
  const folder = await makeServerFolder('docker');
  const octet = await findFreeOctet();
  const name = nameEngine(process.pid, octet);
  await makeBridge(name, octet);
  const engine = startProcess(folder, name, octet);
  const socket = join(folder, 'docker.sock');

  async function stop(): Promise<void> {
    engine.child.kill('SIGKILL');
    await engine.exited;
    // The other processes of the namespace, and its mounts, go a moment after its first process.
    await waitFor('the folder of the engine to be free', () =>
      rm(folder, { recursive: true, force: true }).then(
        () => true,
        () => false,
      ),
    );
    await removeEngineTraces(name);
  }
  try {
    const isReady = (): Promise<boolean> => {
      if (engine.child.exitCode !== null) throw new Error('it has ended');
      return isAnswering(socket);
    };
    await waitFor('the engine to answer', isReady, START_DEADLINE_MS);
  } catch (error) {
    await stop();
    throw new Error(`the Docker Engine did not start: ${engine.output.join('').trim()}`, { cause: error });
  }
  return { host: `unix://${socket}`, [Symbol.asyncDispose]: stop };
}

/** A range of addresses, 10.<octet>.0.0/16, that nobody here routes. */
async function findFreeOctet(): Promise<number> {
  const { stdout } = await run('ip', ['-o', '-4', 'route', 'show', 'table', 'all']);
  const isTaken = (octet: number): boolean => new RegExp(`\\b10\\.${octet}\\.`).test(stdout);
  // From its process id, so that two runs that start at once do not choose the same.
  let octet = 64 + (process.pid % 160);
  while (isTaken(octet)) octet = octet === 254 ? 64 : octet + 1;
  return octet;
}

/** `docker0` is the system's. */
async function makeBridge(name: string, octet: number): Promise<void> {
  await run('ip', ['link', 'add', name, 'type', 'bridge']);
  await run('ip', ['address', 'add', `10.${octet}.0.1/24`, 'dev', name]);
  await run('ip', ['link', 'set', name, 'up']);
}

function startProcess(folder: string, name: string, octet: number) {
  const file = (child: string): string => join(folder, child);
  const flags = [
    ['--data-root', file('data')],
    ['--exec-root', file('exec')],
    ['--pidfile', file('pid')],
    ['--host', `unix://${file('docker.sock')}`],
    ['--bridge', name],
    ['--default-address-pool', `base=10.${octet}.128.0/17,size=24`],
    ['--cgroup-parent', `/${name}`],
  ].flat();
  const switches = ['--iptables=false', '--ip6tables=false', '--ip-masq=false', '--ip-forward=false'];
  // What it would put into /run goes with its namespace.
  const script = 'mount -t tmpfs tmpfs /run && exec "$0" "$@"';
  const namespace = ['unshare', '--fork', '--pid', '--mount', '--mount-proc', '--kill-child'];
  const command = [...namespace, '/bin/sh', '-c', script, PROGRAM, ...flags, ...switches];
  // The kernel ends it with a test run that is killed.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...command], {
    // A process group of its own: Ctrl-C reaches the test run, which then ends it in order.
    detached: true,
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const output: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.push(text);
    if (output.length > 50) output.shift();
  });
  const killAtExit = (): void => void child.kill('SIGKILL');
  process.once('exit', killAtExit);
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  void exited.then(() => process.off('exit', killAtExit));
  return { child, exited, output };
}

function isAnswering(socketPath: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  request({ socketPath, path: '/_ping' }, (response) => {
    response.resume();
    resolve(response.statusCode === 200);
  })
    .once('error', () => resolve(false))
    .end();
  return promise;
}
