import type { KubeConfig } from '@kubernetes/client-node';
import { collectionPath } from '../../src/adapters/kubernetes/paths.ts';
import type { Client } from './ask-cluster.ts';

/** Why the scenarios cannot run in a cluster; undefined where they can. */
export async function refuseCluster({ ask }: Client, config: KubeConfig): Promise<string | undefined> {
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) return `the context '${config.currentContext}' of KUBECONFIG names no cluster`;
  try {
    const { gitVersion } = (await ask('GET', '/version')) as unknown as { readonly gitVersion: string };
    console.log(`Testing in ${server}, Kubernetes ${gitVersion}.`);
    const query = { labelSelector: 'app.kubernetes.io/name=daywatch-operator' };
    const { items } = (await ask('GET', collectionPath('deployments', undefined, query))) as unknown as {
      readonly items: readonly { readonly metadata: { readonly namespace: string } }[];
    };
    const [first] = items;
    if (first === undefined) return undefined;
    return `an operator runs in namespace '${first.metadata.namespace}' already, and would work on the installations of the scenarios: take another cluster, or scale it to 0 and remove its Deployment meanwhile`;
  } catch (error) {
    return `${server} does not answer as it should: ${describe(error)}`;
  }
}

function describe(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
