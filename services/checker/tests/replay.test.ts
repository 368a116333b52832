import { expect, it } from 'vitest';
import { readLongestRecording } from '../../../packages/exposition/tests/_support/recording.ts';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { entry, startExporter } from './_support/exporter.ts';
import { openHouse } from './_support/house.ts';
import { expectStoredAsExposed, startRecordingProxy } from './_support/recording-proxy.ts';

/** So long one recorded scrape is what the exporter says. */
const HOLD_MS = 100;

it('should store the recording of a node exporter as it is exposed, value for value, also once it is sealed', async () => {
  const recorded = readLongestRecording().map((body) => body.toString('utf8'));
  const nowRecorded = (): string => recorded[Math.floor(Date.now() / HOLD_MS) % recorded.length] ?? '';
  await using house = await openHouse();
  await using exporter = await startExporter(nowRecorded);
  await using proxy = await startRecordingProxy(`${exporter.url}/metrics`);
  await house.configure([entry('node', proxy.url, { interval: '200ms', timeout: '200ms' })]);
  await using checker = await house.start();
  await waitFor('some scrapes', async () => (await house.results('node')).length > 40);
  expect(await checker.stop()).toMatchObject({ code: 0, stderr: '' });

  const samples = await expectStoredAsExposed(house, 'node', proxy.bodies);
  expect(samples).toBeGreaterThan(20 * 500);
  expect(await house.seal()).toBeGreaterThan(20);
  expect(await expectStoredAsExposed(house, 'node', proxy.bodies)).toBe(samples);
});
