import type { Column, ResourceType } from '../resource/resource-type.ts';

const NAME: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  priority: 0,
  jsonPath: '.metadata.name',
};
const AGE: Column = { name: 'Age', type: 'date', priority: 0, jsonPath: '.metadata.creationTimestamp' };

/** Of built-in kinds, what tests and people look at; the real server computes some of these in more words. */
const BUILT_IN: Readonly<
  Record<string, readonly (readonly [name: string, type: string, jsonPath: string])[]>
> = {
  Namespace: [['Status', 'string', '.status.phase']],
  Pod: [['Status', 'string', '.status.phase']],
  Service: [
    ['Type', 'string', '.spec.type'],
    ['Cluster-IP', 'string', '.spec.clusterIP'],
    ['Port(s)', 'string', '.spec.ports[*].port'],
  ],
  PersistentVolumeClaim: [['Status', 'string', '.status.phase']],
  Deployment: [
    ['Ready', 'integer', '.status.readyReplicas'],
    ['Up-to-date', 'integer', '.status.updatedReplicas'],
    ['Available', 'integer', '.status.availableReplicas'],
  ],
  StatefulSet: [['Ready', 'integer', '.status.readyReplicas']],
  ReplicaSet: [['Ready', 'integer', '.status.readyReplicas']],
  Job: [['Completions', 'integer', '.status.succeeded']],
  Lease: [['Holder', 'string', '.spec.holderIdentity']],
  Event: [
    ['Type', 'string', '.type'],
    ['Reason', 'string', '.reason'],
    ['Object', 'string', '.involvedObject.name'],
    ['Message', 'string', '.message'],
  ],
  CustomResourceDefinition: [],
};

/** What `kubectl get` prints of a kind: its name, then what it says of itself. */
export function columnsOf({ kind, custom }: ResourceType): readonly Column[] {
  if (custom !== undefined) return [NAME, ...(custom.columns.length > 0 ? custom.columns : [AGE])];
  const own = (BUILT_IN[kind] ?? []).map(([name, type, jsonPath]) => ({ name, type, jsonPath, priority: 0 }));
  return [NAME, ...own, AGE];
}
