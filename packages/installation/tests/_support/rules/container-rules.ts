import type { Container } from '../manifest.ts';
import { listContainers, listWorkloads } from '../workloads.ts';
import type { Rule } from './rule.ts';

/** What kube-score asks of containers, by the names of its checks. */
export const CONTAINER_RULES: readonly Rule[] = [
  ofContainers('container-image-tag', ({ image = '' }) => {
    const tag = /:([^/:@]+)$/.exec(image)?.[1];
    return tag === undefined || tag === 'latest' ? [`the image '${image}' has no tag of its own`] : [];
  }),
  ofContainers('container-image-pull-policy', ({ imagePullPolicy }) =>
    imagePullPolicy === 'Always' ? [] : [`imagePullPolicy is ${imagePullPolicy ?? 'missing'}`],
  ),
  ofContainers('container-resources', (container) => lackingResources(container, ['cpu', 'memory'])),
  ofContainers('container-ephemeral-storage-request-and-limit', (container) =>
    lackingResources(container, ['ephemeral-storage']),
  ),
  ofContainers('container-ports-check', ({ ports = [] }) => {
    const names = ports.map(({ name }) => name ?? '');
    const badNames = names.filter((name) => name.length > 15 || !/^[a-z0-9-]*[a-z][a-z0-9-]*$/.test(name));
    const isUnique = new Set(names).size === names.length;
    return [
      ...badNames.map((name) => `the port '${name}' has no good name`),
      ...(isUnique ? [] : ['two ports have one name']),
    ];
  }),
  ofContainers('container-security-context-user-group-id', ({ securityContext }) => {
    const { runAsUser = 0, runAsGroup = 0 } = securityContext ?? {};
    return [
      ...(runAsUser > 10_000 ? [] : [`runs as the user ${runAsUser}`]),
      ...(runAsGroup > 10_000 ? [] : [`runs in the group ${runAsGroup}`]),
    ];
  }),
  ofContainers('container-security-context-privileged', ({ securityContext }) =>
    securityContext?.privileged === true ? ['is privileged'] : [],
  ),
  ofContainers('container-security-context-readonlyrootfilesystem', ({ securityContext }) =>
    securityContext?.readOnlyRootFilesystem === true ? [] : ['may write to its image'],
  ),
  ofContainers('container-seccomp-profile', ({ securityContext }) =>
    securityContext?.seccompProfile?.type === undefined ? ['has no seccomp profile'] : [],
  ),
  ofContainers('environment-variable-key-duplication', ({ env = [] }) => {
    const names = env.map(({ name }) => name);
    return names.filter((name, at) => names.indexOf(name) !== at).map((name) => `${name} is there twice`);
  }),
];

function lackingResources({ resources }: Container, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => [
    ...(resources?.requests?.[name] === undefined ? [`requests no ${name}`] : []),
    ...(resources?.limits?.[name] === undefined ? [`has no limit of ${name}`] : []),
  ]);
}

function ofContainers(id: string, find: (container: Container) => readonly string[]): Rule {
  return {
    id,
    find: (objects) =>
      listWorkloads(objects).flatMap((workload) =>
        listContainers(workload).flatMap((container) =>
          find(container).map((problem) => `${workload.title}, container ${container.name}: ${problem}`),
        ),
      ),
  };
}
