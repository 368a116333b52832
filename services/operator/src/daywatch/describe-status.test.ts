import { describe, expect, it } from 'vitest';
import { PaperCluster } from '../../tests/_support/paper-cluster.ts';
import { describeHalt } from './describe-status.ts';

describe('the status where nothing can be done', () => {
  it('should say what can be seen all the same, and of what specification all else was said', () => {
    const cluster = new PaperCluster({});
    cluster.settle();
    const [before] = cluster.daywatch.status?.conditions ?? [];
    cluster.change({});
    cluster.objects.delete('deployments/daywatch-calendar-api');
    const problems = [{ reason: 'InvalidSpecification', message: 'spec.x: is wrong' }];
    const { conditions = [], observedGeneration } = describeHalt(cluster.view(), 'Halted', problems);
    const now = cluster.daywatch.metadata.generation;
    expect(observedGeneration).toBe(now);
    const said = conditions.map(
      ({ type, status, reason, observedGeneration: of }) => `${type} ${status} ${reason} ${of}`,
    );
    expect(said.toSorted()).toEqual([
      `Available False PartsMissing ${now}`,
      `DatabaseReady True Ready ${before?.observedGeneration}`,
      `Degraded True InvalidSpecification ${now}`,
      `MigrationsApplied True Applied ${before?.observedGeneration}`,
      `Progressing False Halted ${now}`,
    ]);
    expect(before?.observedGeneration).toBeLessThan(now ?? 0);
  });
});
