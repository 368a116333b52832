import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KubeConfig } from '@kubernetes/client-node';
import { expect, it } from 'vitest';
import { openCluster } from './open-cluster.ts';

it('should keep of one page what it is told to before it asks for the next', async () => {
  const happened: string[] = [];
  const server = createServer((request, response) => {
    const at = new URL(request.url ?? '', 'http://server').searchParams.get('continue');
    happened.push(at === null ? 'first page' : `page ${at}`);
    const item = { metadata: { name: at === null ? 'a' : 'b' }, status: { large: 'x' } };
    const metadata = { resourceVersion: '7', ...(at === null ? { continue: '2' } : {}) };
    response.end(JSON.stringify({ metadata, items: [item] }));
  });
  await using resources = new AsyncDisposableStack();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  resources.defer(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const config = new KubeConfig();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  config.loadFromClusterAndUser({ name: 'test', server: url, skipTLSVerify: true }, { name: 'test' });
  const cluster = resources.use(openCluster({ config, fieldManager: 'test' }));

  const list = await cluster.list('pods', {
    keep({ apiVersion, kind, metadata }) {
      happened.push(`keep ${metadata.name}`);
      return { apiVersion, kind, metadata };
    },
  });

  expect(happened).toEqual(['first page', 'keep a', 'page 2', 'keep b']);
  expect(list).toEqual({
    items: ['a', 'b'].map((name) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name } })),
    resourceVersion: '7',
  });
});
