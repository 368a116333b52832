import type { Manifest } from './manifest.ts';
import { watchFields } from './watch-fields.ts';

/** Kind to its schema among those of Kubernetes. */
const SCHEMAS: Readonly<Record<string, () => Promise<unknown>>> = {
  'apiextensions.k8s.io/v1 CustomResourceDefinition': () =>
    import('kubernetes-models/_schemas/IoK8sApiextensionsApiserverPkgApisApiextensionsV1CustomResourceDefinition'),
  'apps/v1 Deployment': () => import('kubernetes-models/_schemas/IoK8sApiAppsV1Deployment'),
  'apps/v1 StatefulSet': () => import('kubernetes-models/_schemas/IoK8sApiAppsV1StatefulSet'),
  'batch/v1 Job': () => import('kubernetes-models/_schemas/IoK8sApiBatchV1Job'),
  'networking.k8s.io/v1 Ingress': () => import('kubernetes-models/_schemas/IoK8sApiNetworkingV1Ingress'),
  'networking.k8s.io/v1 NetworkPolicy': () =>
    import('kubernetes-models/_schemas/IoK8sApiNetworkingV1NetworkPolicy'),
  'policy/v1 PodDisruptionBudget': () =>
    import('kubernetes-models/_schemas/IoK8sApiPolicyV1PodDisruptionBudget'),
  'rbac.authorization.k8s.io/v1 ClusterRole': () =>
    import('kubernetes-models/_schemas/IoK8sApiRbacV1ClusterRole'),
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': () =>
    import('kubernetes-models/_schemas/IoK8sApiRbacV1ClusterRoleBinding'),
  'rbac.authorization.k8s.io/v1 Role': () => import('kubernetes-models/_schemas/IoK8sApiRbacV1Role'),
  'rbac.authorization.k8s.io/v1 RoleBinding': () =>
    import('kubernetes-models/_schemas/IoK8sApiRbacV1RoleBinding'),
  'v1 ConfigMap': () => import('kubernetes-models/_schemas/IoK8sApiCoreV1ConfigMap'),
  'v1 Namespace': () => import('kubernetes-models/_schemas/IoK8sApiCoreV1Namespace'),
  'v1 Secret': () => import('kubernetes-models/_schemas/IoK8sApiCoreV1Secret'),
  'v1 Service': () => import('kubernetes-models/_schemas/IoK8sApiCoreV1Service'),
  'v1 ServiceAccount': () => import('kubernetes-models/_schemas/IoK8sApiCoreV1ServiceAccount'),
};

/** What the package leaves out of its schemas wherever it stands, in the schema of schemas too. */
const LEFT_OUT = /\.(description|x-kubernetes-[a-z-]+)$/;

interface Validate {
  (data: object): boolean;
  readonly errors?:
    | readonly { readonly instancePath: string; readonly message?: string; readonly params?: unknown }[]
    | null;
}

/** What the OpenAPI schema of Kubernetes says against an object: what does not fit, and fields that it does not have. */
export async function judge(object: Manifest): Promise<readonly string[]> {
  const type = `${object.apiVersion} ${object.kind}`;
  const load = SCHEMAS[type];
  if (load === undefined) return [`Kubernetes has no ${type}`];
  const { validate } = (await load()) as { readonly validate: Validate };
  const watched = watchFields(object);
  const isWell = validate(watched.object);
  const errors = isWell ? [] : (validate.errors ?? []);
  return [
    ...errors.map(
      ({ instancePath, message, params }) => `${instancePath} ${message ?? JSON.stringify(params)}`,
    ),
    ...watched
      .listUnread()
      .filter((path) => !LEFT_OUT.test(path))
      .map((path) => `${path} is no field of ${type}`),
  ];
}
