import { findPart } from '../part/part.ts';
import type { Daywatch } from '../resources/daywatch.ts';
import { CONFIG_MAP_BYTES, joinConfiguration, printConfiguration } from './configuration.ts';
import { createScope, type TargetEntry } from './scope.ts';

/**
 * How many bytes of what the checker of an installation reads are left for the targets of resources, as
 * `measureTargets` counts them. A configuration that is refused takes its room as well: the checker still has the one
 * before it, with the targets in it, and none of them may lose its place for what is wrong there.
 */
export function roomForTargets(daywatch: Daywatch): number {
  const scope = createScope(daywatch, { managedBy: 'nobody' });
  const text = printConfiguration(joinConfiguration(scope, findPart('checker')));
  return Math.max(0, CONFIG_MAP_BYTES - Buffer.byteLength(text));
}

/** How many bytes targets take there: as if there were no others, which is a little more than they take. */
export function measureTargets(targets: readonly TargetEntry[]): number {
  return Buffer.byteLength(printConfiguration({ targets }));
}
