import { enabledParts, nameObject, type Scope, type TargetEntry } from './scope.ts';

/** What the names and domains of targets begin with that resources stand for. */
const OF_RESOURCES = ['scrapetarget/', 'healthcheck/'] as const;

/** All that the checker watches. @param written what its configuration names. */
export function listTargets(scope: Scope, written: unknown): readonly unknown[] {
  return [...toList(written), ...describeOwnTargets(scope), ...scope.targets];
}

/**
 * The installation watches itself. Behind a Service is now this replica, now that one, so that counters read there
 * would jump: these are plain requests, and metrics are for ScrapeTargets, which see every pod.
 */
function describeOwnTargets(scope: Scope): readonly TargetEntry[] {
  return enabledParts(scope)
    .filter(({ isCalled }) => isCalled)
    .map(({ component, port }) => ({
      name: nameObject(scope, component),
      kind: 'http',
      url: `http://${nameObject(scope, component)}:${port}/health`,
      domain: component,
      interval: '5s',
      timeout: '3s',
    }));
}

/**
 * The names and domains in a configuration that others have, too: a checker takes none of its targets then, those of
 * other people included.
 */
export function findTargetClashes(scope: Scope, written: unknown): readonly string[] {
  return (['name', 'domain'] as const).flatMap((field) => {
    const taken = new Set<unknown>(describeOwnTargets(scope).map((target) => target[field]));
    return toList(written).flatMap((target, index) => {
      const value =
        (target as TargetEntry | null)?.[field] ?? (field === 'domain' ? hostOf(target) : undefined);
      if (typeof value !== 'string') return [];
      const at = `targets[${index}].${field}: '${value}'`;
      if (OF_RESOURCES.some((prefix) => value.startsWith(prefix))) {
        return [`${at} begins as those of ScrapeTargets and HealthChecks do; give it another`];
      }
      if (taken.has(value)) return [`${at} is another's already; each target has its own`];
      taken.add(value);
      return [];
    });
  });
}

/** What a checker takes for the domain of a target that names none. */
function hostOf(target: unknown): string | undefined {
  const { url } = (target ?? {}) as { readonly url?: unknown };
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).host : undefined;
}

function toList(written: unknown): readonly unknown[] {
  return Array.isArray(written) ? written : [];
}
