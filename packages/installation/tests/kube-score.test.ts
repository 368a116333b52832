import { beforeAll, describe, expect, it } from 'vitest';
import { hasKubectl } from '../../../tests/_support/kubectl.ts';
import type { Manifest } from './_support/manifest.ts';
import { render } from './_support/render.ts';
import { CONTAINER_RULES } from './_support/rules/container-rules.ts';
import { KUBE_SCORE_COUNTER_EXAMPLES } from './_support/rules/kube-score-counter-examples.ts';
import { OBJECT_RULES } from './_support/rules/object-rules.ts';
import { POD_RULES } from './_support/rules/pod-rules.ts';

/**
 * The checks of kube-score 1.20, default ones and those optional ones that do not ask requests to equal limits. Those
 * of CronJobs are left out: there are none.
 */
const RULES = [...CONTAINER_RULES, ...POD_RULES, ...OBJECT_RULES];

describe
  .skipIf(!hasKubectl())
  .each(['overlays/small', 'overlays/production', 'operator', 'operator-for-one-namespace'])(
  'kube-score, asked about %s',
  (folder) => {
    let objects: readonly Manifest[];

    beforeAll(async () => {
      objects = await render(folder);
    });

    it.each(RULES)('should find nothing by $id', ({ find }) => {
      expect(find(objects)).toEqual([]);
    });
  },
);

describe.skipIf(!hasKubectl())('the checks of kube-score', () => {
  it('should each have a counter-example', () => {
    const shown = new Set(KUBE_SCORE_COUNTER_EXAMPLES.map(({ id }) => id));

    expect(RULES.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
  });

  it.each(KUBE_SCORE_COUNTER_EXAMPLES)('should notice by $id: $breaks', async ({ id, change }) => {
    const broken = change(structuredClone(await rendered()));

    expect(RULES.find((rule) => rule.id === id)?.find(broken)).not.toEqual([]);
  });
});

let small: Promise<readonly Manifest[]> | undefined;
function rendered(): Promise<readonly Manifest[]> {
  small ??= render('overlays/small');
  return small;
}
