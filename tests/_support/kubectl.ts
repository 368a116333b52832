import { spawnSync } from 'node:child_process';
import { hasDebianPackage } from './debian-packages.ts';

/** Whether tests that need kubectl may run: Debian's package kubernetes-client, or one that came another way. */
export function hasKubectl(): boolean {
  const { status } = spawnSync('kubectl', ['version', '--client'], { stdio: 'ignore' });
  return status === 0 || hasDebianPackage('kubernetes-client');
}
