/** Where a server is, and who signed its certificate. */
interface Place {
  readonly url: string;
  /** As PEM; undefined for plain HTTP. */
  readonly authority: string | undefined;
}

/** A kubeconfig of one cluster and one token. It is JSON, which is YAML too. */
export function toKubeconfig({ url, authority }: Place, token: string, namespace = 'default'): string {
  const name = 'daywatch-test';
  const trust =
    authority === undefined
      ? // Over plain HTTP there is nothing to verify, and @kubernetes/client-node wants that said.
        { 'insecure-skip-tls-verify': true }
      : { 'certificate-authority-data': Buffer.from(authority).toString('base64') };
  return JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name, cluster: { server: url, ...trust } }],
      users: [{ name, user: { token } }],
      contexts: [{ name, context: { cluster: name, user: name, namespace } }],
      'current-context': name,
    },
    null,
    2,
  );
}
