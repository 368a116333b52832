import { formatKey, type ObjectKey } from '../cluster/kube-object.ts';
import type { TargetResource } from './resolve-target.ts';

/** Which resource: their kinds have names of their own. */
export interface TargetKey extends ObjectKey {
  readonly resource: 'scrapetargets' | 'healthchecks';
}

export function formatTargetKey({ resource, ...key }: TargetKey): string {
  return `${resource}/${formatKey(key)}`;
}

export function parseTargetKey(text: string): TargetKey {
  const [resource, namespace = '', name = ''] = text.split('/');
  return { resource: resource as TargetKey['resource'], namespace, name };
}

export function keyOfTarget({ kind, metadata }: TargetResource): TargetKey {
  const resource = kind === 'ScrapeTarget' ? 'scrapetargets' : 'healthchecks';
  return { resource, namespace: metadata.namespace ?? '', name: metadata.name };
}

export function installationOf({ metadata, spec }: TargetResource): ObjectKey {
  return { namespace: metadata.namespace ?? '', name: spec.installation };
}
