import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { removeControlGroups } from './docker-engine-traces.ts';
import { removeLeftovers, makeServerFolder } from './leftovers.ts';
import { waitFor } from './wait-for.ts';

/** A Podman with its service, in namespaces of its own: the networks that it makes are to be reached from in there. */
export interface TestPodman extends AsyncDisposable {
  /** `unix://…`, for DOCKER_HOST. */
  readonly host: string;
  /** What a program must be started with to run in the same network: `nsenter …`. */
  readonly enter: readonly string[];
}

/**
 * Starts Debian's Podman, which takes about two seconds. Networks, mounts and processes are those of a namespace that
 * goes with its first process, so nothing of the system's is touched and nothing is left.
 * @param archive the root of an image, as a tar file, that becomes busybox:latest
 */
export async function startPodman(archive: string): Promise<TestPodman> {
  await removeLeftovers();
  const folder = await makeServerFolder('podman');
  const file = (name: string): string => join(folder, name);
  await Promise.all(['data', 'state', 'networks'].map((name) => mkdir(file(name))));
  const podman = [
    'podman',
    ['--root', file('data')],
    ['--runroot', file('state')],
    ['--network-config-dir', file('networks')],
    ['--storage-driver', 'overlay'],
    ['--cgroup-manager', 'cgroupfs'],
    // Debian's default runtime refuses machines that have both kinds of control groups.
    ['--runtime', '/usr/sbin/runc'],
    ['--events-backend', 'file'],
  ].flat();
  const script = [
    'mount -t tmpfs tmpfs /run && mount -t tmpfs tmpfs /var/tmp && ip link set lo up',
    `${podman.join(' ')} import -c 'CMD ["/bin/sh"]' ${archive} docker.io/library/busybox:latest`,
    `exec ${podman.join(' ')} system service --time=0 unix://${file('podman.sock')}`,
  ].join('\n');
  const namespaces = ['--fork', '--pid', '--mount', '--net', '--mount-proc', '--kill-child'];
  // The kernel ends it with a test run that is killed.
  const child = spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', 'unshare', ...namespaces, '/bin/sh', '-ec', script],
    {
      detached: true,
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: folder },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
    await waitFor('the folder of Podman to be free', () =>
      rm(folder, { recursive: true, force: true }).then(
        () => true,
        () => false,
      ),
    );
    await removeControlGroups('libpod_parent');
  };
  try {
    await waitFor('Podman to answer', () => {
      if (child.exitCode !== null) throw new Error('it has ended');
      return existsSync(file('podman.sock'));
    });
  } catch (error) {
    await stop();
    throw new Error(`Podman did not start: ${output}`, { cause: error });
  }
  return {
    host: `unix://${file('podman.sock')}`,
    enter: ['nsenter', `--net=/proc/${child.pid}/ns/net`],
    [Symbol.asyncDispose]: stop,
  };
}
