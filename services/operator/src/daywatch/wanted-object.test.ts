import { API_VERSION, applyDefaults, daywatchSpecSchema, type Daywatch } from '@daywatch/installation';
import { describe, expect, it } from 'vitest';
import { judgeOwnership } from './wanted-object.ts';

const OWNER: Daywatch = {
  apiVersion: API_VERSION,
  kind: 'Daywatch',
  metadata: { name: 'shop', namespace: 'demo', uid: 'uid-1' },
  spec: applyDefaults(daywatchSpecSchema.json, { version: '0.1.0' }) as Daywatch['spec'],
};

const OURS = {
  'app.kubernetes.io/name': 'daywatch',
  'app.kubernetes.io/instance': 'shop',
  'app.kubernetes.io/managed-by': 'daywatch-operator',
};
const HELM = {
  'app.kubernetes.io/name': 'shop',
  'app.kubernetes.io/instance': 'shop',
  'app.kubernetes.io/managed-by': 'Helm',
};

function judge(labels: Readonly<Record<string, string>>, controller?: string): string {
  const reference = { apiVersion: API_VERSION, kind: 'Daywatch', name: 'shop', controller: true };
  const ownerReferences = controller === undefined ? [] : [{ ...reference, uid: controller }];
  const metadata = { name: 'shop-database', namespace: 'demo', labels, ownerReferences };
  return judgeOwnership({ apiVersion: 'v1', kind: 'Service', metadata }, OWNER);
}

describe('an object', () => {
  it('should be of its controller, whatever its labels say', () => {
    expect([judge(HELM, 'uid-1'), judge(OURS, 'uid-2')]).toEqual(['mine', 'others']);
  });

  it('should be of nobody when this operator has made it for an installation of this name that is gone', () => {
    expect(judge(OURS)).toBe('nobody');
  });

  it('should be of others when it is of a release of Helm of the same name, or of an installation without an operator', () => {
    const kustomize = { ...OURS, 'app.kubernetes.io/managed-by': 'kustomize' };
    const other = { ...OURS, 'app.kubernetes.io/instance': 'other' };
    expect([HELM, kustomize, other, {}].map((labels) => judge(labels))).toEqual(Array(4).fill('others'));
  });
});
