import { operatorSchema } from '@daywatch/operator';
import { loadConfig } from '@daywatch/service-kit/config';
import { expect, it } from 'vitest';
import { describeOperator } from '../src/manifests/describe-deployment.ts';
import { describeRbac } from '../src/manifests/describe-rbac.ts';

interface Deployment {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly automountServiceAccountToken: boolean;
        readonly containers: readonly {
          readonly image: string;
          readonly env: readonly { readonly name: string; readonly value?: string }[];
          readonly ports: readonly { readonly containerPort: number }[];
        }[];
      };
    };
  };
}

const [deployment] = describeOperator('somewhere', '1.2.3') as readonly [Deployment];
const pod = deployment.spec.template.spec;
const [container] = pod.containers;

it('should give the operator an environment that it takes, without a warning', () => {
  const values = { POD_NAMESPACE: 'somewhere', POD_IP: '10.1.2.3' };
  const env = (container?.env ?? []).flatMap(({ name, value }) =>
    value === undefined
      ? []
      : [[name, value.replace(/\$\((\w+)\)/g, (_, key: keyof typeof values) => values[key])]],
  );

  const { config, warnings } = loadConfig({
    executable: 'operator',
    schema: operatorSchema,
    file: undefined,
    env: Object.fromEntries(env) as Record<string, string>,
  });

  expect(warnings).toEqual([]);
  expect(config.leader.namespace).toBe('somewhere');
  expect(config.http).toMatchObject({ host: '0.0.0.0', port: container?.ports[0]?.containerPort });
  expect(config.http.allowed_hosts).toEqual(['localhost', '[10.1.2.3]']);
});

it('should give the operator for one namespace no rights anywhere else, and have it work there', () => {
  const rights = describeRbac('home', 'shop') as readonly {
    readonly kind: string;
    readonly metadata: { readonly namespace?: string };
    readonly rules?: readonly { readonly resources: readonly string[] }[];
  }[];
  expect(rights.map(({ kind, metadata }) => `${kind} ${metadata.namespace}`)).toEqual([
    'ServiceAccount home',
    'Role shop',
    'RoleBinding shop',
    'Role home',
    'RoleBinding home',
  ]);
  expect(rights.at(3)?.rules).toEqual([
    { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'create', 'update'] },
  ]);
  const [{ spec }] = describeOperator('home', '1.2.3', 'shop') as readonly [Deployment];
  expect(spec.template.spec.containers[0]?.env).toContainEqual({
    name: 'DAYWATCH_KUBERNETES_NAMESPACE',
    value: 'shop',
  });
});

it('should let the operator be who its service account is, and run the image of its version', () => {
  expect(pod.automountServiceAccountToken).toBe(true);
  expect(container?.image).toBe('daywatch/operator:1.2.3');
});
