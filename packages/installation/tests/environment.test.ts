import { describe, expect, it } from 'vitest';
import { hasKubectl } from '../../../tests/_support/kubectl.ts';
import { render } from './_support/render.ts';
import { change } from './_support/rules/rule.ts';
import type { Manifest } from './_support/manifest.ts';
import { listWorkloads } from './_support/workloads.ts';

const FOLDERS = ['overlays/small', 'overlays/production', 'operator', 'operator-for-one-namespace'];

/** Kubernetes names every Service in the environment, unless it is told not to: DAYWATCH_RESTAPI_PORT, as if it were a key. */
function listLinked(objects: readonly Manifest[]): readonly string[] {
  return listWorkloads(objects)
    .filter(({ pod }) => pod.enableServiceLinks !== false)
    .map(({ title }) => title);
}

describe.skipIf(!hasKubectl()).each(FOLDERS)('the environment of the pods of %s', (folder) => {
  it('should name no Services', async () => {
    expect(listLinked(await render(folder))).toEqual([]);
  });

  it('should be seen to name them where that is not switched off', async () => {
    const { change: breakIt } = change('', 'Deployment', 'spec.template.spec.enableServiceLinks', undefined);

    expect(listLinked(breakIt(structuredClone(await render(folder))))).toHaveLength(1);
  });
});
