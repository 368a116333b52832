import { LISTED_ENDPOINTS, type TargetStatus } from '@daywatch/installation';
import { finding, updateConditions, type Finding } from '../daywatch/conditions.ts';
import { isSameSentence } from '../daywatch/same-sentence.ts';
import type { Resolution, TargetResource } from './resolve-target.ts';
import { isSameStanding, type Standing, type Standings } from './standing.ts';

/** The worst first. */
const RESULTS = ['fail', 'unknown', 'warn', 'pass'] as const;
const MAX_ERROR = 1000;

export interface TargetStatusOptions {
  readonly resolution: Resolution;
  readonly standings: Standings;
  readonly nowMs: number;
}

/** What is said about a ScrapeTarget or a HealthCheck. */
export function describeTargetStatus(
  { metadata, spec, status }: TargetResource,
  { resolution, standings, nowMs }: TargetStatusOptions,
): TargetStatus {
  const generation = metadata.generation ?? 0;
  const conditions = (accepted: Finding): NonNullable<TargetStatus['conditions']> =>
    updateConditions(status?.conditions ?? [], [accepted], { generation, nowMs });
  if (resolution.kind === 'refused') {
    const { reason, message } = resolution;
    return {
      observedGeneration: generation,
      targets: 0,
      conditions: conditions(finding('Accepted', false, reason, message)),
    };
  }
  const { endpoints } = resolution;
  const known = standings.kind === 'known' ? standings.byName : new Map<string, Standing>();
  const found = endpoints.map(({ name }) => known.get(name));
  const worst = findWorst(found);
  const error = worst?.error === undefined ? undefined : cut(worst.error);
  const isSaid = worst?.result === status?.lastResult && isSameSentence(error, status?.lastError);
  const lastError = isSaid ? status?.lastError : error;
  return {
    observedGeneration: generation,
    targets: endpoints.length,
    ...(worst === undefined ? {} : { lastResult: worst.result }),
    ...(lastError === undefined ? {} : { lastError }),
    endpoints: endpoints.slice(0, LISTED_ENDPOINTS).map(({ name, url }, i) => {
      const before = status?.endpoints?.find((each) => each.name === name);
      return { name, url: withoutCredentials(url), ...describeStanding(found[i], before) };
    }),
    conditions: conditions(describeAccepted(spec.installation, resolution, found, standings)),
  };
}

type ListedEndpoint = NonNullable<TargetStatus['endpoints']>[number];

/**
 * When it was last checked, and how long that took, is as of the last change: a write for every check would keep the API
 * server busy.
 */
function describeStanding(
  standing: Standing | undefined,
  before: ListedEndpoint | undefined,
): Omit<ListedEndpoint, 'name' | 'url'> {
  if (standing === undefined) return {};
  const { checker, since, result } = standing;
  const error = standing.error === undefined ? undefined : cut(standing.error);
  const isSame = isSameStanding(readStanding(before), { checker, since, result, error });
  const [lastError, lastCheck] = isSame
    ? [before?.lastError, before?.lastCheck]
    : [error, standing.lastCheck];
  return {
    ...(checker === undefined ? {} : { checker }),
    ...(since === undefined ? {} : { since }),
    lastResult: result,
    ...(lastError === undefined ? {} : { lastError }),
    ...(lastCheck === undefined ? {} : { lastCheck }),
  };
}

function readStanding(before: ListedEndpoint | undefined): Omit<Standing, 'name' | 'lastCheck'> | undefined {
  if (before?.lastResult === undefined) return undefined;
  const { checker, since, lastResult, lastError } = before;
  return { checker, since, result: lastResult, error: lastError };
}

function describeAccepted(
  installation: string,
  { endpoints, notes }: Extract<Resolution, { kind: 'accepted' }>,
  found: readonly (Standing | undefined)[],
  standings: Standings,
): Finding {
  const checkers = [...new Set(found.flatMap((standing) => standing?.checker ?? []))].sort();
  const left = notes.length === 0 ? '' : `; left out: ${notes.slice(0, 5).join('; ')}`;
  const watched = found.filter((standing) => standing?.checker !== undefined).length;
  if (watched === endpoints.length) {
    const who = checkers.slice(0, 5).join(', ');
    return finding('Accepted', true, 'Watched', `checked by ${who} of Daywatch \`${installation}\`${left}`);
  }
  const why =
    standings.kind !== 'known'
      ? `what comes of it is not known: ${standings.why}`
      : 'no checker has reported it yet';
  const some = watched === 0 ? '' : `${watched} of ${endpoints.length} are checked; `;
  return finding(
    'Accepted',
    true,
    'Listed',
    `listed for the checkers of Daywatch \`${installation}\`; ${some}${why}${left}`,
  );
}

function findWorst(found: readonly (Standing | undefined)[]): Standing | undefined {
  for (const result of RESULTS) {
    const standing = found.find((each) => each?.result === result);
    if (standing !== undefined) return standing;
  }
  return undefined;
}

function cut(text: string): string {
  return text.length > MAX_ERROR ? `${text.slice(0, MAX_ERROR)}…` : text;
}

function withoutCredentials(url: string): string {
  return url.replace(/^(https?:\/\/)[^/?#]*@/, '$1');
}
