/** Writes the manifests that follow from packages/installation and services/operator into deployment/kubernetes/. */
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { printManifests } from '@daywatch/installation/kustomize';
import { printOperatorManifests } from '@daywatch/operator';

const ROOT = resolve(import.meta.dirname, '..');

/** What is generated: from the path below the root to the content. */
export async function generateKubernetes(): Promise<ReadonlyMap<string, string>> {
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const printed = [...printManifests(version), ...printOperatorManifests(version)];
  return new Map(printed.map(([path, content]) => [`deployment/kubernetes/${path}`, content]));
}

if (import.meta.main) {
  for (const [path, content] of await generateKubernetes()) {
    await mkdir(dirname(join(ROOT, path)), { recursive: true });
    await writeFile(join(ROOT, path), content);
    if (path.endsWith('.sh')) await chmod(join(ROOT, path), 0o755);
  }
}
