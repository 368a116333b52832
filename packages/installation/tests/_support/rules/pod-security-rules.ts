import type { Container, Pod, Security } from '../manifest.ts';
import { listContainers, listWorkloads, type Workload } from '../workloads.ts';
import type { Rule } from './rule.ts';

const VOLUMES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret'];
const SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
];
const SELINUX_TYPES = [undefined, '', 'container_t', 'container_init_t', 'container_kvm_t'];

/** The controls of the restricted Pod Security Standard, those of the baseline included, by their names. */
export const POD_SECURITY_RULES: readonly Rule[] = [
  ofSecurity('HostProcess', ({ windowsOptions }) => windowsOptions?.hostProcess !== true),
  ofPods('Host Namespaces', ({ hostNetwork, hostPID, hostIPC }) => ![hostNetwork, hostPID, hostIPC].includes(true)),
  ofContainers('Privileged Containers', ({ securityContext }) => securityContext?.privileged !== true),
  ofContainers('Capabilities', ({ securityContext }) => {
    const { add = [], drop = [] } = securityContext?.capabilities ?? {};
    return drop.includes('ALL') && add.every((capability) => capability === 'NET_BIND_SERVICE');
  }),
  ofPods('Volume Types', ({ volumes = [] }) =>
    volumes.every((volume) => Object.keys(volume).every((key) => key === 'name' || VOLUMES.includes(key))),
  ),
  ofContainers('Host Ports', ({ ports = [] }) => ports.every(({ hostPort = 0 }) => hostPort === 0)),
  ofSecurity('AppArmor', ({ appArmorProfile }) => appArmorProfile?.type !== 'Unconfined'),
  ofSecurity(
    'SELinux',
    ({ seLinuxOptions: { type, user, role } = {} }) => SELINUX_TYPES.includes(type) && user === undefined && role === undefined,
  ),
  ofSecurity('/proc Mount Type', ({ procMount }) => procMount === undefined || procMount === 'Default'),
  ofEffective('Seccomp', ({ seccompProfile }) => ['RuntimeDefault', 'Localhost'].includes(seccompProfile?.type ?? '')),
  ofPods('Sysctls', ({ securityContext }) =>
    (securityContext?.sysctls ?? []).every(({ name }) => SYSCTLS.includes(name)),
  ),
  ofContainers('Privilege Escalation', ({ securityContext }) => securityContext?.allowPrivilegeEscalation === false),
  ofEffective('Running as Non-root', ({ runAsNonRoot }) => runAsNonRoot === true),
  ofSecurity('Running as Non-root user', ({ runAsUser }) => runAsUser !== 0),
];

function ofPods(id: string, isWell: (pod: Pod) => boolean): Rule {
  return {
    id,
    find: (objects) => listWorkloads(objects).flatMap(({ title, pod }) => (isWell(pod) ? [] : [title])),
  };
}

function ofContainers(id: string, isWell: (container: Container, workload: Workload) => boolean): Rule {
  return {
    id,
    find: (objects) =>
      listWorkloads(objects).flatMap((workload) =>
        listContainers(workload)
          .filter((container) => !isWell(container, workload))
          .map(({ name }) => `${workload.title}, container ${name}`),
      ),
  };
}

/** Of the pod and of each container. */
function ofSecurity(id: string, isWell: (security: Security) => boolean): Rule {
  const containers = ofContainers(id, ({ securityContext = {} }) => isWell(securityContext));
  const pods = ofPods(id, ({ securityContext = {} }) => isWell(securityContext));
  return { id, find: (objects) => [...pods.find(objects), ...containers.find(objects)] };
}

/** What a container does not say, its pod says for it. */
function ofEffective(id: string, isWell: (security: Security) => boolean): Rule {
  return ofContainers(id, ({ securityContext }, { pod }) => isWell({ ...pod.securityContext, ...securityContext }));
}
