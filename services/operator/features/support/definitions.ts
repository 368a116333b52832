import { DEFINITIONS } from '@daywatch/installation';
import { waitFor } from '../../../../tests/_support/wait-for.ts';
import { collectionPath } from '../../src/adapters/kubernetes/paths.ts';
import type { ResourceName } from '../../src/cluster/resources.ts';
import { createAdminOver, pathOf } from '../../tests/_support/admin.ts';
import type { Client } from './ask-cluster.ts';

/** Sees to it that a cluster has the custom resources. Those that it had before are neither changed nor removed. */
export async function bringDefinitions(client: Client, deadlineMs: number): Promise<AsyncDisposable> {
  const admin = createAdminOver(client.ask);
  const brought = new AsyncDisposableStack();
  for (const definition of DEFINITIONS) {
    if ((await client.find(pathOf(definition))) !== undefined) continue;
    brought.defer(() => admin.remove(definition));
    await admin.apply(definition);
  }
  for (const { spec } of DEFINITIONS) {
    const path = collectionPath(spec.names.plural as ResourceName, undefined);
    const isServed = async (): Promise<boolean> => (await client.find(path)) !== undefined;
    await waitFor(`${spec.names.plural} to be served`, isServed, deadlineMs, 50);
  }
  return brought;
}
