import { describe, expect, it } from 'vitest';
import { startPrometheus } from '../../../packages/monitor/tests/_support/debian-prometheus.ts';
import { hasDebianPackage } from '../../../tests/_support/debian-packages.ts';
import { startDebianServer } from '../../../tests/_support/debian-server.ts';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { entry } from './_support/exporter.ts';
import { openHouse } from './_support/house.ts';
import { expectStoredAsExposed, startRecordingProxy } from './_support/recording-proxy.ts';

const PACKAGES = ['prometheus', 'prometheus-node-exporter', 'prometheus-postgres-exporter'];

/** The text that is easiest to read by other means than our parser. */
const PLAIN = { protocols: ['PrometheusText0.0.4'], interval: '1s', timeout: '1s' };

describe.runIf(PACKAGES.map(hasDebianPackage).every(Boolean))("Debian's exporters", () => {
  it('should be stored as they expose, value for value', async () => {
    await using house = await openHouse();
    await using prometheus = await startPrometheus();
    await using node = await startDebianServer('/usr/bin/prometheus-node-exporter');
    await using postgres = await startDebianServer('/usr/bin/prometheus-postgres-exporter', {
      env: { DATA_SOURCE_NAME: `${house.dsn}?sslmode=disable` },
    });
    await using stack = new AsyncDisposableStack();
    const proxies = await Promise.all(
      [prometheus.url, node.url, postgres.url].map((url) => startRecordingProxy(`${url}/metrics`)),
    );
    for (const proxy of proxies) stack.use(proxy);
    const names = ['prometheus', 'node', 'postgres'];
    await house.configure(names.map((name, i) => entry(name, proxies[i]?.url ?? '', PLAIN)));
    await using checker = await house.start();

    await waitFor('three scrapes of each', async () => {
      const rounds = await Promise.all(names.map(async (name) => (await house.results(name)).length));
      return Math.min(...rounds) >= 3;
    });
    expect(await checker.stop()).toMatchObject({ code: 0, stderr: '' });

    for (const [i, name] of names.entries()) {
      const samples = await expectStoredAsExposed(house, name, proxies[i]?.bodies ?? []);
      expect(samples).toBeGreaterThan(300);
      expect((await house.standing(name))?.lastError).toBeUndefined();
    }
  });
});
