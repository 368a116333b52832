import { beforeAll, describe, expect, it } from 'vitest';
import {
  createScope,
  DEFINITIONS,
  describeInstallation,
  listObjects,
  makeSecrets,
} from '@daywatch/installation';
import { hasKubectl } from '../../../tests/_support/kubectl.ts';
import { installation } from './_support/installation.ts';
import { judge } from './_support/kubernetes-schema.ts';
import type { Manifest } from './_support/manifest.ts';
import { render } from './_support/render.ts';
import { change } from './_support/rules/rule.ts';
import { titleOf } from './_support/workloads.ts';

const OPTIONS = { managedBy: 'a-test' };
/** With everything that may be asked for. */
const FULL = installation({
  images: { pullSecrets: ['registry'] },
  database: { managed: { storageClassName: 'fast', resources: { limits: { cpu: 4 } } } },
  broker: { managed: {} },
  ingress: { host: 'a.example', className: 'nginx', tlsSecretName: 'tls', annotations: { a: 'b' } },
});

describe('the OpenAPI schemas of Kubernetes', () => {
  it('should allow everything that the operator may apply', async () => {
    const objects = [
      ...listObjects(describeInstallation(FULL, OPTIONS)),
      ...makeSecrets(createScope(FULL, OPTIONS), () => 'x'),
      ...DEFINITIONS,
    ] as unknown as readonly Manifest[];

    expect(await judgeAll(objects)).toEqual([]);
  });

  const examples = [
    change('', 'Deployment', 'spec.replicas', 'two'),
    change('', 'Deployment', 'spec.replicass', 2),
    change('', 'Deployment', 'spec.selector', undefined),
    change('', 'Deployment', 'spec.template.spec.containers.0.readinessProbe.httpget', {}),
    change('', 'StatefulSet', 'spec.template.spec.containers.0.name', undefined),
    change('', 'Service', 'spec.ports.0.port', undefined),
    change('', 'NetworkPolicy', 'spec.egress', {}),
    change('', 'NetworkPolicy', 'spec.podSelector.matchLabel', {}),
    change('', 'Job', 'spec.template.spec.volumes.0.projected.sources.0.secrets', {}),
    change('', 'Ingress', 'apiVersion', 'networking.k8s.io/v2'),
    change('', 'PodDisruptionBudget', 'spec.unhealthyPodEvictionPolicy', 3),
    change('', 'ConfigMap', 'data.count', 3),
  ];
  it.each(examples)('should refuse $breaks', async ({ change }) => {
    // Through text, so that no two objects have a part in common.
    const objects = JSON.parse(
      JSON.stringify(listObjects(describeInstallation(FULL, OPTIONS))),
    ) as Manifest[];
    const problems = await judgeAll(change(objects));

    expect(new Set(problems.map((problem) => problem.split(':')[0])).size).toBe(1);
  });

  it('should refuse a definition with a field that there is not', async () => {
    const [definition] = structuredClone(DEFINITIONS) as unknown as readonly Manifest[];

    expect(
      await judge({ ...definition, spec: { ...definition?.spec, scop: 'x' } } as unknown as Manifest),
    ).toEqual(['spec.scop is no field of apiextensions.k8s.io/v1 CustomResourceDefinition']);
  });
});

describe
  .skipIf(!hasKubectl())
  .each(['crds', 'overlays/small', 'overlays/production', 'operator', 'operator-for-one-namespace'])(
  'the OpenAPI schemas of Kubernetes, for %s',
  (folder) => {
    let objects: readonly Manifest[];

    beforeAll(async () => {
      objects = await render(folder);
    });

    it('should allow every object', async () => {
      expect(objects.length).toBeGreaterThan(2);
      expect(await judgeAll(objects)).toEqual([]);
    });
  },
);

async function judgeAll(objects: readonly Manifest[]): Promise<readonly string[]> {
  const problems = await Promise.all(
    objects.map(async (object) => (await judge(object)).map((problem) => `${titleOf(object)}: ${problem}`)),
  );
  return problems.flat();
}
