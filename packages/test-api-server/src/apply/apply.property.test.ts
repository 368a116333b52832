import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../object/kube-object.ts';
import { BUILT_IN_RESOURCES } from '../resource/built-in-resources.ts';
import type { ResourceType } from '../resource/resource-type.ts';
import { fromFieldsV1, intersect, isSameSet, subtract, toFieldsV1, union } from './field-set.ts';
import { fieldsOf } from './fields-of.ts';
import { applyOver, type Writer } from './track-ownership.ts';

const POD = BUILT_IN_RESOURCES.find(({ kind }) => kind === 'Pod') as ResourceType;
const writer = (manager: string): Writer => ({
  manager,
  operation: 'Apply',
  apiVersion: 'v1',
  now: '2026-01-01T00:00:00Z',
});

const word = fc.constantFrom('a', 'b', 'c');
// An empty map or list is a value of its own to its owner, and stops being one when it gets a part: so none here.
const env = fc.uniqueArray(fc.record({ name: word, value: word }), {
  selector: ({ name }) => name,
  minLength: 1,
  maxLength: 3,
});
const container = fc.record({ name: word, image: word, env }, { requiredKeys: ['name'] });
const pod: fc.Arbitrary<KubeObject> = fc
  .record(
    {
      restartPolicy: word,
      labels: fc.dictionary(word, word, { minKeys: 1, maxKeys: 3 }),
      containers: fc.uniqueArray(container, { selector: ({ name }) => name, minLength: 1, maxLength: 3 }),
      nodeSelector: fc.dictionary(word, word, { minKeys: 1, maxKeys: 2 }),
    },
    { requiredKeys: ['restartPolicy'] },
  )
  .map(({ labels, ...spec }) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', ...(labels !== undefined && { labels }) },
    spec,
  }));

const apply = (live: KubeObject | undefined, applied: KubeObject, manager: string): KubeObject =>
  applyOver(live, applied, POD, writer(manager), true);

describe('server-side apply', () => {
  it('should always change nothing when the same is applied again', () => {
    fc.assert(
      fc.property(pod, pod, (theirs, ours) => {
        const once = apply(apply(undefined, theirs, 'theirs'), ours, 'ours');
        expect(apply(once, ours, 'ours')).toEqual(once);
      }),
    );
  });

  it('should always be as if the first configuration had never been, when alone', () => {
    fc.assert(
      fc.property(pod, pod, (first, second) => {
        const moved = apply(apply(undefined, first, 'ours'), second, 'ours');
        expect(moved['spec']).toEqual(second['spec']);
      }),
    );
  });

  it('should never lose what another owns and nobody takes', () => {
    fc.assert(
      fc.property(pod, pod, pod, (theirs, ours, later) => {
        const both = apply(apply(undefined, ours, 'ours'), theirs, 'theirs');
        const after = apply(both, later, 'ours');
        const owned = fieldsOf(theirs, POD.mergeType);
        const taken = fieldsOf(later, POD.mergeType);
        const kept = subtract(owned, taken);
        // What neither configuration of ours says is still there, as they said it.
        expect(isSameSet(intersect(fieldsOf(after, POD.mergeType), kept), kept)).toBe(true);
      }),
    );
  });
});

describe('field sets', () => {
  const set = pod.map((object) => fieldsOf(object, POD.mergeType));

  it('should always be read as they were written', () => {
    fc.assert(fc.property(set, (each) => isSameSet(fromFieldsV1(toFieldsV1(each)), each)));
  });

  it('should always obey the laws of sets', () => {
    fc.assert(
      fc.property(set, set, (left, right) => {
        expect(isSameSet(union(left, right), union(right, left))).toBe(true);
        expect(isSameSet(union(subtract(left, right), intersect(left, right)), left)).toBe(true);
        expect(isSameSet(intersect(subtract(left, right), right), subtract(right, right))).toBe(true);
      }),
    );
  });
});
