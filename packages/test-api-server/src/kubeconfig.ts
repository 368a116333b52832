/** A kubeconfig of one cluster and one token. It is JSON, which is YAML too. */
export function toKubeconfig(url: string, token: string, namespace = 'default'): string {
  const name = 'daywatch-test';
  return JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      // Over plain HTTP there is nothing to verify, and @kubernetes/client-node wants that said.
      clusters: [{ name, cluster: { server: url, 'insecure-skip-tls-verify': true } }],
      users: [{ name, user: { token } }],
      contexts: [{ name, context: { cluster: name, user: name, namespace } }],
      'current-context': name,
    },
    null,
    2,
  );
}
