import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from './manifest.ts';

export const KUBERNETES_FOLDER = resolve(import.meta.dirname, '../../../../deployment/kubernetes');

/** What `kubectl apply -k` would send: a folder of deployment/kubernetes/, rendered by kubectl itself. */
export async function render(folder: string): Promise<readonly Manifest[]> {
  const { stdout } = await promisify(execFile)('kubectl', ['kustomize', join(KUBERNETES_FOLDER, folder)], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return parseManifests(stdout);
}

export function parseManifests(text: string): readonly Manifest[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS() as Manifest | null)
    .filter((manifest) => manifest !== null);
}
