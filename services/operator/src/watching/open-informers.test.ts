import { describe, expect, it } from 'vitest';
import { ClusterError, type ClusterErrorCode } from '../cluster/cluster-error.ts';
import type { ResourceName } from '../cluster/resources.ts';
import { describeUnsynced } from './open-informers.ts';

function watched(resource: ResourceName, hasSynced: boolean, code?: ClusterErrorCode) {
  const trouble = code === undefined ? undefined : new ClusterError(code, `${resource}: ${code}`);
  return { resource, hasSynced: () => hasSynced, trouble: () => trouble };
}

describe('what is not known of the cluster', () => {
  it('should be nothing once everything is listed, whatever has become of the watches since', () => {
    expect(
      describeUnsynced({ all: [watched('daywatches', true), watched('pods', true, 'unavailable')] }),
    ).toBe(undefined);
  });

  it.each(['daywatches', 'scrapetargets', 'deployments', 'jobs'] as const)(
    'should hold up the work: %s that may not be listed',
    (resource) => {
      const all = [watched('pods', true), watched(resource, false, 'forbidden')];
      expect(describeUnsynced({ all })).toBe(`not listed yet: ${resource}: ${resource}: forbidden`);
    },
  );

  it.each(['pods', 'services'] as const)(
    'should hold up nothing: %s that may not be listed, which is said of targets',
    (resource) => {
      expect(describeUnsynced({ all: [watched(resource, false, 'forbidden')] })).toBe(undefined);
      expect(describeUnsynced({ all: [watched(resource, false, 'unavailable')] })).toContain(
        'not listed yet',
      );
      expect(describeUnsynced({ all: [watched(resource, false)] })).toBe(`not listed yet: ${resource}`);
    },
  );
});
