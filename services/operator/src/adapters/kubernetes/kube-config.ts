import { existsSync } from 'node:fs';
import { KubeConfig } from '@kubernetes/client-node';
import { ConfigError } from '@daywatch/service-kit/config';

/**
 * Where the cluster is and who the operator is there: a kubeconfig, or what every pod is given.
 * @param file the kubeconfig; undefined inside of a cluster.
 * @throws ConfigError
 */
export function readKubeConfig(file: string | undefined): KubeConfig {
  const config = new KubeConfig();
  try {
    if (file === undefined) config.loadFromCluster();
    else config.loadFromFile(file);
  } catch (error) {
    throw new ConfigError(
      `kubernetes.kubeconfig: ${file ?? ''} cannot be read: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
  const server = config.getCurrentCluster()?.server;
  if (file === undefined && !existsSync(SERVICE_ACCOUNT_TOKEN)) {
    throw new ConfigError(
      'kubernetes.kubeconfig: is missing, and this is no pod with a service account; allowed is the path of a kubeconfig',
    );
  }
  if (server === undefined) {
    throw new ConfigError(`kubernetes.kubeconfig: '${file ?? ''}' names no cluster in its current context`);
  }
  return config;
}

const SERVICE_ACCOUNT_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';
