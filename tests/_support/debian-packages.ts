import { spawnSync } from 'node:child_process';

/**
 * Whether tests that need a Debian package may run. Where it is missing they are skipped, loudly;
 * in CI they run all the same, and fail: nothing is skipped there.
 *
 * `make test` installs the packages where it may (tools/install-debian-packages).
 */
export function hasDebianPackage(name: string): boolean {
  if (process.env['CI'] === 'true' || isInstalled(name)) return true;
  console.warn(`SKIPPED: the tests that need Debian's package ${name}; to run them: apt-get install ${name}`);
  return false;
}

function isInstalled(name: string): boolean {
  const { status, stdout } = spawnSync('dpkg-query', ['-W', '-f=${Status}', name], { encoding: 'utf8' });
  if (status === 0 && stdout.startsWith('install ok installed')) return true;
  // Another package may have brought kubectl, and both cannot be installed.
  return name === 'kubernetes-client' && spawnSync('kubectl', ['version', '--client']).status === 0;
}
