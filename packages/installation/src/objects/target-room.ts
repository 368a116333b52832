import { findPart } from '../part/part.ts';
import type { Daywatch } from '../resources/daywatch.ts';
import { CONFIG_MAP_BYTES, describeConfiguration, printConfiguration } from './configuration.ts';
import { InstallationError } from './installation-error.ts';
import { createScope, type TargetEntry } from './scope.ts';

/**
 * How many bytes of what the checker of an installation reads are left for the targets of resources, as
 * `measureTargets` counts them. None where its configuration cannot be used.
 */
export function roomForTargets(daywatch: Daywatch): number {
  const scope = createScope(daywatch, { managedBy: 'nobody' });
  try {
    const text = printConfiguration(describeConfiguration(scope, findPart('checker')));
    return Math.max(0, CONFIG_MAP_BYTES - Buffer.byteLength(text));
  } catch (error) {
    if (error instanceof InstallationError) return 0;
    throw error;
  }
}

/** How many bytes targets take there: as if there were no others, which is a little more than they take. */
export function measureTargets(targets: readonly TargetEntry[]): number {
  return Buffer.byteLength(printConfiguration({ targets }));
}
