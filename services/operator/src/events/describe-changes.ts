import type { Condition } from '@daywatch/installation';
import type { Happening } from './event-recorder.ts';

/** Conditions that are bad news when they are true. */
const BAD_WHEN_TRUE = new Set(['Degraded']);
/** Reasons that are bad news whatever the status. */
const BAD_REASONS = new Set([
  'Halted',
  'Failed',
  'SecretMissing',
  'SecretLost',
  'VersionLowered',
  'VersionSkipped',
]);

/** What has changed between two looks, as events: a condition with another status or reason is worth one. */
export function describeChanges(
  former: readonly Condition[],
  conditions: readonly Condition[],
): readonly Happening[] {
  return conditions.flatMap(({ type, status, reason, message }): readonly Happening[] => {
    const before = former.find((condition) => condition.type === type);
    if (before?.status === status && before.reason === reason) return [];
    // That nothing is wrong is no news where nothing was.
    if (type === 'Degraded' && status === 'False' && before?.status !== 'True') return [];
    const isBad = (BAD_WHEN_TRUE.has(type) && status === 'True') || BAD_REASONS.has(reason);
    return [{ type: isBad ? 'Warning' : 'Normal', reason, message: `${type} is ${status}: ${message}` }];
  });
}
