import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePort } from '../../../tests/_support/free-port.ts';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { entry } from './_support/exporter.ts';
import { openHouse } from './_support/house.ts';
import { expectStoredAsExposed, startRecordingProxy } from './_support/recording-proxy.ts';

const SHARED = resolve(import.meta.dirname, '../../../../shared');
const EXPORTER = resolve(SHARED, 'tools/replay-exporter.mjs');
const RECORDING = resolve(SHARED, 'data/node-exporter.scrapes.br');
const isThere = existsSync(EXPORTER) && existsSync(RECORDING);
if (!isThere)
  console.warn(`SKIPPED: the test of a long recording needs ${SHARED}, which lies beside some checkouts`);

describe.runIf(isThere)('the recording of a node exporter', () => {
  it('should be stored as it is exposed, value for value, also once it is sealed', async () => {
    await using house = await openHouse();
    const port = await freePort();
    const words = [EXPORTER, RECORDING, `--port=${port}`, '--hold-ms=100'];
    const exporter = spawn('setpriv', ['--pdeathsig', 'KILL', process.execPath, ...words], {
      stdio: 'ignore',
    });
    try {
      await using proxy = await startRecordingProxy(`http://127.0.0.1:${port}/t/3/metrics`);
      await waitFor(
        'the exporter',
        async () => (await fetch(`http://127.0.0.1:${port}/count`).catch(() => undefined))?.ok === true,
      );
      await house.configure([entry('node', proxy.url, { interval: '200ms', timeout: '200ms' })]);
      await using checker = await house.start();
      await waitFor('some scrapes', async () => (await house.results('node')).length > 40);
      expect(await checker.stop()).toMatchObject({ code: 0, stderr: '' });

      const samples = await expectStoredAsExposed(house, 'node', proxy.bodies);
      expect(samples).toBeGreaterThan(20 * 500);
      expect(await house.seal()).toBeGreaterThan(20);
      expect(await expectStoredAsExposed(house, 'node', proxy.bodies)).toBe(samples);
    } finally {
      exporter.kill('SIGKILL');
    }
  });
});
