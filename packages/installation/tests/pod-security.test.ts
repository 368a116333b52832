import { beforeAll, describe, expect, it } from 'vitest';
import { hasKubectl } from '../../../tests/_support/kubectl.ts';
import type { Manifest } from './_support/manifest.ts';
import { render } from './_support/render.ts';
import { POD_SECURITY_RULES } from './_support/rules/pod-security-rules.ts';
import { change } from './_support/rules/rule.ts';

const POD = 'spec.template.spec';
const SECURITY = `${POD}.containers.0.securityContext`;

const COUNTER_EXAMPLES = [
  change('HostProcess', 'Deployment', `${POD}.securityContext.windowsOptions`, { hostProcess: true }),
  change('Host Namespaces', 'Deployment', `${POD}.hostPID`, true),
  change('Privileged Containers', 'Job', `${SECURITY}.privileged`, true),
  change('Capabilities', 'Deployment', `${SECURITY}.capabilities.drop`, ['NET_RAW']),
  change('Capabilities', 'Deployment', `${SECURITY}.capabilities.add`, ['SYS_ADMIN']),
  change('Volume Types', 'StatefulSet', `${POD}.volumes.0`, { name: 'data', hostPath: { path: '/' } }),
  change('Host Ports', 'Deployment', `${POD}.containers.0.ports.0.hostPort`, 8888),
  change('AppArmor', 'Deployment', `${SECURITY}.appArmorProfile`, { type: 'Unconfined' }),
  change('SELinux', 'Deployment', `${SECURITY}.seLinuxOptions`, { type: 'spc_t' }),
  change('/proc Mount Type', 'Deployment', `${SECURITY}.procMount`, 'Unmasked'),
  change('Seccomp', 'Deployment', `${SECURITY}.seccompProfile.type`, 'Unconfined'),
  change('Sysctls', 'Deployment', `${POD}.securityContext.sysctls`, [{ name: 'kernel.msgmax' }]),
  change('Privilege Escalation', 'StatefulSet', `${SECURITY}.allowPrivilegeEscalation`, undefined),
  change('Running as Non-root', 'Deployment', `${SECURITY}.runAsNonRoot`, false),
  change('Running as Non-root user', 'Deployment', `${SECURITY}.runAsUser`, 0),
];

describe.skipIf(!hasKubectl())('the restricted Pod Security Standard', () => {
  let small: readonly Manifest[];
  let all: readonly (readonly Manifest[])[];

  beforeAll(async () => {
    small = await render('overlays/small');
    all = [small, await render('overlays/production'), await render('operator')];
  });

  it.each(POD_SECURITY_RULES)('should be held to: $id', ({ find }) => {
    expect(all.flatMap((objects) => find(objects))).toEqual([]);
  });

  it('should have a counter-example for each of its controls', () => {
    const shown = new Set(COUNTER_EXAMPLES.map(({ id }) => id));

    expect(POD_SECURITY_RULES.filter(({ id }) => !shown.has(id))).toEqual([]);
  });

  it.each(COUNTER_EXAMPLES)('should notice by $id: $breaks', ({ id, change }) => {
    const broken = change(structuredClone(small));

    expect(POD_SECURITY_RULES.find((rule) => rule.id === id)?.find(broken)).not.toEqual([]);
  });

  it('should be asked for by the namespace itself', () => {
    for (const objects of all) {
      const namespace = objects.find(({ kind }) => kind === 'Namespace');

      expect(namespace?.metadata.labels).toMatchObject({
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/enforce-version': 'latest',
      });
    }
  });
});
