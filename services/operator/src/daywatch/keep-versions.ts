import type { InstallationObjects, PartObjects } from '@daywatch/installation';
import type { LiveDeployment } from '../cluster/live-objects.ts';
import { versionOf } from './plan-parts.ts';
import type { View } from './view.ts';
import { isLower } from './version-policy.ts';

/**
 * The parts as they are to be while another version is asked for and not gone to. An upgrade that is under way stays
 * where it stands: whoever pauses it wants no pods replaced, and back least of all. So each part is kept as one of the
 * version that its pods were last told to have.
 */
export function keepVersions(
  view: View,
  parts: readonly PartObjects[],
  describe: (version: string) => InstallationObjects,
): readonly PartObjects[] {
  return parts.map((objects) => {
    const live = view.find<LiveDeployment>('deployments', objects.deployment.metadata.name);
    const version = live === undefined ? undefined : versionOf(live);
    if (version === undefined || version === versionOf(objects.deployment) || !isKnown(view, version))
      return objects;
    return describe(version).parts.find(({ part }) => part === objects.part) ?? objects;
  });
}

/** No part was ever told a version before its migrations were applied; any other is what somebody has written there. */
function isKnown({ daywatch: { status } }: View, version: string): boolean {
  const { migratedVersion } = status ?? {};
  return VERSION.test(version) && migratedVersion !== undefined && !isLower(migratedVersion, version);
}

const VERSION = /^\d+\.\d+\.\d+(-[0-9a-z.-]+)?$/;
