import { DEFINITIONS } from '@daywatch/installation';
import { startApiServer, type ApiServer } from '@daywatch/test-api-server';
import type { KubeObject } from '../../src/cluster/kube-object.ts';
import { createAdmin } from '../../tests/_support/admin.ts';

/** The test API server, and what can be made to go wrong in it. */
export interface TestCluster extends AsyncDisposable {
  readonly server: ApiServer;
  readonly failingMigrations: Set<string>;
  readonly brokenImages: Set<string>;
  /** Its clock goes on by so much, and its controllers look again. The operator's own does not. */
  readonly passTime: (ms: number) => Promise<void>;
}

export async function startTestCluster(): Promise<TestCluster> {
  let aheadMs = 0;
  const clock = { now: () => Date.now() + aheadMs };
  const server = await startApiServer({ bookmarkIntervalMs: 500, clock });
  const admin = createAdmin({ url: server.url, token: server.token() });
  for (const definition of DEFINITIONS) await admin.apply(definition);
  const failingMigrations = new Set<string>();
  const brokenImages = new Set<string>();
  server.workloads.isImageBroken = (image) => brokenImages.has(image);
  server.workloads.runJob = (job) =>
    failingMigrations.has(String(job.metadata.annotations?.['daywatch.dev/migrates-to']))
      ? 'fail'
      : 'succeed';
  return {
    server,
    failingMigrations,
    brokenImages,
    async passTime(ms) {
      aheadMs += ms;
      const touched = { metadata: { annotations: { 'tests/looked-at': String(aheadMs) } } };
      for (const object of [...server.objects.list('Deployment'), ...server.objects.list('Pod')]) {
        // A pod may be gone by the time that its turn has come.
        await admin.merge(object as KubeObject, touched).catch(() => undefined);
      }
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
