import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../../../tests/_support/free-port.ts';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { applyDaywatch, countOverlaps, listMigrations, waitForVersion } from './_support/daywatch.ts';
import { OPERATOR_ACCOUNT, openHouse, type House } from './_support/house.ts';

const MAIN = join(import.meta.dirname, '../src/main.ts');

let house: House;
let folder: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  house = await openHouse();
  folder = await mkdtemp(join(tmpdir(), 'daywatch-operator-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await house[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function startProcess(): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const port = await freePort();
  const kubeconfig = join(folder, `kubeconfig-${port}`);
  await writeFile(kubeconfig, house.server.kubeconfig(OPERATOR_ACCOUNT));
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', process.execPath, MAIN], {
    env: {
      PATH: process.env['PATH'],
      DAYWATCH_HTTP_PORT: String(port),
      DAYWATCH_KUBERNETES_KUBECONFIG: kubeconfig,
      DAYWATCH_LEADER_LEASE: '3s',
      DAYWATCH_MONITOR_URL: house.monitor.url,
    },
    stdio: 'ignore',
  });
  children.push(child);
  return { child, url: `http://127.0.0.1:${port}` };
}

async function run(
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { PATH: process.env['PATH'] } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output };
}

describe('the process operator', () => {
  it('should finish an upgrade that kill -9 has interrupted, and stop in an orderly way', async () => {
    const first = await startProcess();
    await applyDaywatch(house, { version: '0.1.0' });
    await waitForVersion(house, '0.1.0');
    await applyDaywatch(house, { version: '0.2.0' });
    await waitFor('the migrations to begin', () => listMigrations(house).includes('0.2.0'));
    first.child.kill('SIGKILL');
    const second = await startProcess();
    await waitForVersion(house, '0.2.0');
    expect(listMigrations(house)).toEqual(['0.1.0', '0.2.0']);
    expect(countOverlaps(house)).toBe(0);

    const ready = await fetch(`${second.url}/health/ready`);
    expect(await ready.json()).toMatchObject({ status: 'pass', checks: { kubernetes: { status: 'pass' } } });
    const readMetrics = async (): Promise<string> => (await fetch(`${second.url}/metrics`)).text();
    await waitFor('it to lead', async () => (await readMetrics()).includes('operator_leading 1'));
    const metrics = await readMetrics();
    for (const name of [
      'reconciles_total',
      'reconcile_seconds_bucket',
      'queue_length',
      'watch_restarts_total',
      'watch_last_event_age_seconds',
    ]) {
      expect(metrics).toContain(`operator_${name}{`);
    }
    const stopped = new Promise((resolve) => second.child.once('exit', resolve));
    second.child.kill('SIGTERM');
    expect(await stopped).toBe(0);
    const lease = house.server.objects.get('Lease', 'daywatch-operator', 'daywatch-operator');
    expect(lease).toMatchObject({ spec: { holderIdentity: '' } });
  });

  it('should say what it is, and what is wrong with its configuration', async () => {
    expect(await run('--version')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^operator \d/) as string,
    });
    expect(await run('--help')).toMatchObject({
      code: 0,
      output: expect.stringContaining('--config') as string,
    });
    const outside = await run();
    expect(outside.code).toBe(2);
    expect(outside.output).toContain('kubernetes.kubeconfig: is missing');
    const file = join(folder, 'operator.yaml');
    await writeFile(file, 'work: { worker: 3 }\n');
    expect(await run(`--config=${file}`)).toMatchObject({
      code: 2,
      output: expect.stringContaining('workers') as string,
    });
  });
});
