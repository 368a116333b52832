import { dirname, relative } from 'node:path';
import type { Manifest } from './manifest.ts';
import type { Workload } from './workloads.ts';

interface Source {
  readonly name: string;
  readonly items?: readonly { readonly key: string; readonly path: string }[];
}

interface Volume {
  readonly name: string;
  readonly configMap?: Source;
  readonly projected?: { readonly sources: readonly { readonly secret?: Source; readonly configMap?: Source }[] };
}

/**
 * What a pod finds in a file: the text of a ConfigMap, or `secret key` where it is of a Secret.
 * @throws Error where no volume of the pod has it.
 */
export function findFile(objects: readonly Manifest[], { title, pod }: Workload, path: string): string {
  const mounts = (pod.containers ?? []).flatMap(({ volumeMounts = [] }) => volumeMounts);
  const mount = mounts.find(({ mountPath }) => dirname(path) === mountPath);
  const volume = (pod.volumes as readonly Volume[] | undefined)?.find(({ name }) => name === mount?.name);
  const file = relative(mount?.mountPath ?? '/', path);
  const sources = volume?.projected?.sources ?? [{ configMap: volume?.configMap }];
  for (const { secret, configMap } of sources) {
    const key = secret?.items?.find((item) => item.path === file)?.key;
    if (secret !== undefined && key !== undefined) return `${secret.name} ${key}`;
    const map = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === configMap?.name);
    const text = map?.data?.[file];
    if (text !== undefined) return text;
  }
  throw new Error(`ENOENT: ${title} has no file ${path}`);
}
