import {
  describeTarget,
  measureTargets,
  type Daywatch,
  type Endpoint,
  type HealthCheck,
  type ScrapeTarget,
  type TargetEntry,
} from '@daywatch/installation';
import { parseTargets } from '@daywatch/monitor/config';
import { ConfigError } from '@daywatch/service-kit/config';
import { findEndpoints, type NoneReason, type Surroundings } from './find-endpoints.ts';

export type TargetResource = ScrapeTarget | HealthCheck;

/** What a resource comes to: targets that the checker can take, or why there are none, in words. */
export type Resolution =
  | {
      readonly kind: 'accepted';
      readonly endpoints: readonly Endpoint[];
      readonly entries: readonly TargetEntry[];
      readonly notes: readonly string[];
      /** How much of what the checker reads they take. */
      readonly bytes: number;
    }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly message: string };

type RefusalReason = NoneReason | 'NoInstallation' | 'NoChecker' | 'Invalid' | 'NoRoom';

/** @param daywatch the installation that it names; undefined where there is none. */
export function resolveTarget(
  resource: TargetResource,
  daywatch: Daywatch | undefined,
  surroundings: Surroundings,
): Resolution {
  const { installation } = resource.spec;
  if (daywatch === undefined) {
    return refuse(
      'NoInstallation',
      `there is no Daywatch \`${installation}\` in namespace \`${resource.metadata.namespace ?? ''}\``,
    );
  }
  if (!daywatch.spec.parts.checker.enabled) {
    return refuse(
      'NoChecker',
      `Daywatch \`${installation}\` has no checker: spec.parts.checker.enabled is false`,
    );
  }
  const found = findEndpoints(resource, surroundings);
  if (found.kind === 'none') return refuse(found.reason, found.message);
  const { endpoints, notes } = found;
  const entries = endpoints.map((endpoint) => describeTarget(resource, endpoint));
  // One entry that the checker refuses would keep it from taking any: it is read here as the checker reads it.
  const fault = entries.map(findFault).find((each) => each !== undefined);
  if (fault !== undefined) return refuse('Invalid', fault);
  return { kind: 'accepted', endpoints, entries, notes, bytes: measureTargets(entries) };
}

function findFault(entry: TargetEntry): string | undefined {
  try {
    parseTargets([entry], { readFile: () => '' });
    return undefined;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.replace(/^targets\[0\] \([^)]*\)[.:]? ?/, '');
  }
}

export function refuse(reason: RefusalReason, message: string): Resolution {
  return { kind: 'refused', reason, message };
}
