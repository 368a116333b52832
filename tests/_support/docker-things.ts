import { request } from 'node:http';

/** Everything that an engine holds, by name or id, in a steady order: what must be the same before and after. */
export interface DockerThings {
  readonly containers: readonly string[];
  readonly networks: readonly string[];
  readonly volumes: readonly string[];
  /** The nameless ones of builds as well. */
  readonly images: readonly string[];
}

/** @param host `unix://…` */
export async function listDockerThings(host: string): Promise<DockerThings> {
  const [containers, networks, volumes, images] = await Promise.all([
    askEngine<readonly { readonly Names: readonly string[] }[]>(host, '/containers/json?all=1'),
    askEngine<readonly { readonly Name: string }[]>(host, '/networks'),
    askEngine<{ readonly Volumes: readonly { readonly Name: string }[] | null }>(host, '/volumes'),
    askEngine<readonly { readonly Id: string; readonly RepoTags: readonly string[] | null }[]>(
      host,
      '/images/json?all=1',
    ),
  ]);
  return {
    containers: containers.map(({ Names }) => Names.join()).toSorted(),
    networks: networks.map(({ Name }) => Name).toSorted(),
    volumes: (volumes.Volumes ?? []).map(({ Name }) => Name).toSorted(),
    images: images.map(({ Id, RepoTags }) => `${Id} ${(RepoTags ?? []).join()}`).toSorted(),
  };
}

/** One question to an engine, without any client of ours. */
export async function askEngine<T>(host: string, path: string, method = 'GET', body?: object): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const headers = body === undefined ? {} : { 'Content-Type': 'application/json' };
  request({ socketPath: host.replace('unix://', ''), path, method, headers }, (response) => {
    let text = '';
    response
      .setEncoding('utf8')
      .on('data', (piece: string) => (text += piece))
      .once('end', () => resolve(text))
      .once('error', reject);
  })
    .once('error', reject)
    .end(body === undefined ? undefined : JSON.stringify(body));
  return JSON.parse((await promise) || 'null') as T;
}
