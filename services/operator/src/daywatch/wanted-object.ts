import { API_VERSION, type Daywatch, type Deployment, type KubernetesObject } from '@daywatch/installation';
import type { KubeObject, OwnerReference } from '../cluster/kube-object.ts';
import { covers } from './covers.ts';
import { fingerprint } from './fingerprint.ts';
import { APPLIED, INSTANCE, MANAGED_BY, TEMPLATE, TOLD } from './names.ts';

/** An object as the operator applies it: it belongs to its Daywatch, and says what was wanted of it. */
export function wantObject(object: KubernetesObject, owner: Daywatch): KubeObject {
  const marks = {
    ...(object.kind === 'Deployment' ? markTemplate(object.spec.template) : {}),
    [APPLIED]: fingerprint(object),
  };
  return {
    ...object,
    metadata: {
      ...object.metadata,
      namespace: owner.metadata.namespace ?? '',
      annotations: { ...object.metadata.annotations, ...marks },
      ownerReferences: [ownerReference(owner)],
    },
  };
}

function markTemplate(template: Deployment['spec']['template']): Readonly<Record<string, string>> {
  return { [TEMPLATE]: fingerprint(template), [TOLD]: JSON.stringify(template) };
}

function ownerReference({ kind, metadata }: Daywatch): OwnerReference {
  return { apiVersion: API_VERSION, kind, name: metadata.name, uid: metadata.uid ?? '', controller: true };
}

/** Whose an object is, as seen from a Daywatch. */
export type Ownership = 'mine' | 'nobody' | 'others';

export function judgeOwnership({ metadata }: KubeObject, owner: Daywatch): Ownership {
  const controller = metadata.ownerReferences?.find((reference) => reference.controller === true);
  if (controller !== undefined) return controller.uid === owner.metadata.uid ? 'mine' : 'others';
  // What an installation of this name has left behind may be taken over; what anybody else has made may not.
  return isOfInstallation({ metadata }, owner) ? 'nobody' : 'others';
}

/**
 * Whether this operator has made an object for an installation of this name. The name alone says nothing: Helm marks the
 * objects of a release in the same way.
 */
export function isOfInstallation(
  { metadata: { labels = {} } }: Pick<KubeObject, 'metadata'>,
  owner: Daywatch,
): boolean {
  return (
    labels[INSTANCE] === owner.metadata.name &&
    labels['app.kubernetes.io/name'] === 'daywatch' &&
    labels['app.kubernetes.io/managed-by'] === MANAGED_BY
  );
}

export function isAsWanted(live: KubeObject, wanted: KubeObject): boolean {
  return covers(live, wanted);
}
