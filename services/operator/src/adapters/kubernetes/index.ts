export { openCluster, type ClusterOptions } from './open-cluster.ts';
export { readKubeConfig } from './kube-config.ts';
