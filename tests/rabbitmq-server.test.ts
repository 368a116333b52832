import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasDebianPackage } from './_support/debian-packages.ts';
import { waitFor } from './_support/wait-for.ts';

const SUPPORT = join(import.meta.dirname, '_support/rabbitmq-server.ts');
const SCRIPT = `
import { startRabbitmq } from '${SUPPORT}';
await startRabbitmq();
console.log('started');
setInterval(() => {}, 1000);
`;

describe.runIf(hasDebianPackage('rabbitmq-server'))('the RabbitMQ of a test run', () => {
  it('should end with the run, also where that is killed', async () => {
    const run = spawn(process.execPath, ['--input-type=module', '--eval', SCRIPT], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = (await once(run.stdout, 'data')) as [Buffer];
    const children = await readFile(`/proc/${run.pid}/task/${run.pid}/children`, 'utf8');
    const servers = children.trim().split(' ').map(Number);

    run.kill('SIGKILL');

    expect(said.toString()).toBe('started\n');
    // The broker and its port mapper.
    expect(servers).toHaveLength(2);
    await waitFor('the end of both', async () => {
      const alive = await Promise.all(servers.map(isRunning));
      return !alive.includes(true);
    });
  });
});

/** A process that has ended, and that nobody has asked for yet, is there as a zombie. */
async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat !== '' && !/^\d+ \(.*\) Z/s.test(stat);
}
