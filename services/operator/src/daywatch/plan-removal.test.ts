import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PaperCluster } from '../../tests/_support/paper-cluster.ts';
import type { KubeObject } from '../cluster/kube-object.ts';
import { FINALIZER } from './names.ts';
import { planRemoval, type Remains } from './plan-removal.ts';
import type { View } from './view.ts';

const MINUTE_MS = 60_000;

function made(kind: string, name: string): KubeObject {
  return { apiVersion: 'v1', kind, metadata: { name, namespace: 'demo' } };
}

const REMAINS: Remains = {
  volumes: [made('PersistentVolumeClaim', 'data-daywatch-database-0')],
  secrets: [made('Secret', 'daywatch-database')],
};

const settled = settle();

function settle(): View {
  const cluster = new PaperCluster({});
  cluster.settle();
  return cluster.view();
}

/** An installation that somebody has deleted so long ago. */
function removed(
  deletionPolicy: 'Retain' | 'Delete',
  sinceMs: number,
  owned: readonly KubeObject[] = settled.owned,
): View {
  const { metadata, spec } = settled.daywatch;
  const deletionTimestamp = new Date(settled.nowMs - sinceMs).toISOString();
  const daywatch = {
    ...settled.daywatch,
    metadata: { ...metadata, deletionTimestamp, finalizers: [FINALIZER] },
    spec: { ...spec, deletionPolicy },
  };
  return { ...settled, daywatch, owned };
}

describe('a removal', () => {
  it('should wait for nothing where the data stays, and say what stays', () => {
    expect(planRemoval(removed('Retain', 0), REMAINS)).toEqual({
      writes: [],
      isDone: true,
      message:
        "it leaves behind PersistentVolumeClaim 'data-daywatch-database-0', Secret 'daywatch-database'",
    });
  });

  it('should end the processes first where the data goes, and delete no volume before', () => {
    const plan = planRemoval(removed('Delete', 0), REMAINS);
    expect(plan.isDone).toBe(false);
    expect(plan.againAfterMs).toBeLessThanOrEqual(5000);
    const kinds = new Set(plan.writes.map(({ kind, object }) => `${kind} ${object.kind}`));
    expect(kinds).toEqual(new Set(['delete Deployment', 'delete StatefulSet', 'delete Job']));
    const after = planRemoval(removed('Delete', 0, []), REMAINS);
    expect(after.isDone).toBe(true);
    expect(after.writes.map(({ object }) => object.metadata.name)).toEqual([
      'data-daywatch-database-0',
      'daywatch-database',
    ]);
  });

  it('should wait for nothing where the data stays, whatever cannot be looked at', () => {
    const plan = planRemoval(removed('Retain', 0), { volumes: [], secrets: [], unseen: 'may not' });
    expect(plan).toEqual({
      writes: [],
      isDone: true,
      message: 'what it leaves behind could not be looked at: may not',
    });
  });

  it('should delete what it sees and look again for five minutes where it cannot see all of what is to go', () => {
    const remains = { ...REMAINS, secrets: [], unseen: 'may not' };
    const plan = planRemoval(removed('Delete', 0, []), remains);
    expect(plan).toMatchObject({ isDone: false, message: 'cannot see what is left: may not' });
    expect(plan.writes.map(({ object }) => object.kind)).toEqual(['PersistentVolumeClaim']);
    expect(planRemoval(removed('Delete', 5 * MINUTE_MS, []), remains).isDone).toBe(true);
  });

  it('should never last longer than five minutes, and never delete what is to stay, whatever is left', () => {
    const kinds = fc.constantFrom('Deployment', 'StatefulSet', 'Job', 'Service', 'ConfigMap');
    fc.assert(
      fc.property(
        fc.constantFrom('Retain' as const, 'Delete' as const),
        fc.integer({ min: 0, max: 60 * MINUTE_MS }),
        fc.array(kinds),
        fc.boolean(),
        fc.boolean(),
        (policy, sinceMs, owned, isLeftToDelete, isUnseen) => {
          const objects = owned.map((kind, i) => made(kind, `object-${i}`));
          const seen = isLeftToDelete ? REMAINS : { volumes: [], secrets: [] };
          const remains = { ...seen, ...(isUnseen ? { unseen: 'may not' } : {}) };
          const plan = planRemoval(removed(policy, sinceMs, objects), remains);
          if (sinceMs >= 5 * MINUTE_MS) expect(plan.isDone).toBe(true);
          // While it waits it looks again by itself: nothing has to happen.
          if (!plan.isDone) expect(plan.againAfterMs).toBeGreaterThan(0);
          if (policy === 'Retain') expect(plan.writes).toEqual([]);
        },
      ),
    );
  });
});
