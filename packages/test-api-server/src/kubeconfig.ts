import { TEST_CERTIFICATE } from './http/test-certificate.ts';

interface Access {
  /** `http:` or `https:`, with the port. */
  readonly url: string;
  readonly token: string;
  readonly namespace?: string | undefined;
}

/** A kubeconfig of one cluster and one token. It is JSON, which is YAML too. */
export function toKubeconfig({ url, token, namespace = 'default' }: Access): string {
  const name = 'daywatch-test';
  const trust = url.startsWith('https:')
    ? { 'certificate-authority-data': Buffer.from(TEST_CERTIFICATE).toString('base64') }
    : // Over plain HTTP there is nothing to verify, and @kubernetes/client-node wants that said.
      { 'insecure-skip-tls-verify': true };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: url, ...trust } }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name, namespace } }],
    'current-context': name,
  };
  return JSON.stringify(config, null, 2);
}
