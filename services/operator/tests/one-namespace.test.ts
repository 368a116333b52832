import { API_VERSION } from '@daywatch/installation';
import { expect, it } from 'vitest';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { applyDaywatch, waitForVersion } from './_support/daywatch.ts';
import { conditionOf, openHouse } from './_support/house.ts';

it('should work in one namespace with rights in that one alone', async () => {
  await using house = await openHouse('demo');
  const { objects } = house.server;
  expect(objects.list('ClusterRole').filter(({ metadata }) => metadata.name.startsWith('daywatch'))).toEqual(
    [],
  );
  house.startOperator({ kubernetes: { namespace: 'demo' } });
  await applyDaywatch(house, { version: '0.1.0' });
  await waitForVersion(house, '0.1.0');
  const metadata = { name: 'node', namespace: 'demo' };
  const spec = { url: 'http://node.example' };
  await house.admin.apply({ apiVersion: API_VERSION, kind: 'ScrapeTarget', metadata, spec });
  const accepted = (name: string) => conditionOf(objects.get('ScrapeTarget', 'demo', name), 'Accepted');
  await waitFor('a target to be accepted', () => accepted('node')?.status === 'True');

  await house.admin.apply({
    apiVersion: API_VERSION,
    kind: 'ScrapeTarget',
    metadata: { name: 'shop', namespace: 'demo' },
    spec: { service: { name: 'shop', namespace: 'other', port: 80 } },
  });
  await waitFor('a target elsewhere to be refused', () => accepted('shop')?.status === 'False');
  expect(accepted('shop')).toMatchObject({
    reason: 'NotWatched',
    message: 'the operator looks in namespace `demo` alone, and not in `other`: its configuration says so',
  });

  await house.admin.remove({
    apiVersion: API_VERSION,
    kind: 'Daywatch',
    metadata: { name: 'daywatch', namespace: 'demo' },
  });
  await waitFor('it to be gone', () => objects.get('Daywatch', 'demo', 'daywatch') === undefined);
});
