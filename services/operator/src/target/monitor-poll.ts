import { createScope, type Daywatch } from '@daywatch/installation';
import type { Clock } from '@daywatch/monitor';
import type { Logger } from '@daywatch/service-kit/log';
import type { Cluster } from '../cluster/cluster.ts';
import { formatKey, type ObjectKey } from '../cluster/kube-object.ts';
import { MANAGED_BY } from '../daywatch/names.ts';
import { readSecret } from '../daywatch/observe.ts';
import { waitOrAbort } from '../watching/wait-or-abort.ts';
import { isSameStanding, type MonitorReader, type Standing, type Standings } from './standing.ts';

export interface MonitorPollOptions {
  readonly cluster: Pick<Cluster, 'get'>;
  readonly reader: MonitorReader;
  readonly clock: Clock;
  readonly everyMs: number;
  /** The installations that have targets. */
  readonly installations: () => Iterable<Daywatch>;
  /** Told of which targets of an installation something new is known; all of them when it is about the monitor itself. */
  readonly onNews: (installation: ObjectKey, names: ReadonlySet<string> | 'all') => void;
  readonly logger: Logger;
}

export interface MonitorPoll {
  readonly standingsOf: (installation: ObjectKey) => Standings;
  /** Asks until the signal is aborted. */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

/** So many monitors are asked at once. */
const AT_ONCE = 4;

const NOT_ASKED: Standings = { kind: 'unasked', why: 'the monitor has not been asked yet' };

/** Asks the monitors of all installations, again and again, how their targets stand. */
export function createMonitorPoll(options: MonitorPollOptions): MonitorPoll {
  const { clock, everyMs, installations, onNews, logger } = options;
  const known = new Map<string, Standings>();

  async function ask(daywatch: Daywatch, signal: AbortSignal): Promise<Standings> {
    if (!daywatch.spec.parts.restapi.enabled) {
      return { kind: 'unknown', why: 'spec.parts.restapi.enabled of the Daywatch is false' };
    }
    try {
      const standings = await readStandings(options, daywatch, signal);
      return { kind: 'known', byName: new Map(standings.map((standing) => [standing.name, standing])) };
    } catch (error) {
      return { kind: 'unknown', why: (error as Error).message };
    }
  }

  async function look(daywatch: Daywatch, signal: AbortSignal): Promise<void> {
    const { name, namespace = '' } = daywatch.metadata;
    const installation = { name, namespace };
    const key = formatKey(installation);
    const before = known.get(key) ?? NOT_ASKED;
    const after = await ask(daywatch, signal);
    if (signal.aborted) return;
    known.set(key, after);
    if (before.kind === 'known' && after.kind === 'known') {
      const names = findDifferences(before.byName, after.byName);
      if (names.size > 0) onNews(installation, names);
    } else if (JSON.stringify(before) !== JSON.stringify(after)) {
      if (after.kind === 'unknown') logger.info(`the monitor of ${key} cannot be asked: ${after.why}`);
      onNews(installation, 'all');
    }
  }

  /** A few at once: each answer may be large, and one that hangs holds up no other but those behind it. */
  async function lookAtAll(all: readonly Daywatch[], signal: AbortSignal): Promise<void> {
    const left = all.values();
    const lookAtNext = async (): Promise<void> => {
      for (const daywatch of left) if (!signal.aborted) await look(daywatch, signal);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lookAtNext));
  }

  return {
    standingsOf: (installation) => known.get(formatKey(installation)) ?? NOT_ASKED,
    async run(signal) {
      while (!signal.aborted) {
        const all = [...installations()];
        const there = new Set(
          all.map(({ metadata: { name, namespace = '' } }) => formatKey({ name, namespace })),
        );
        for (const key of known.keys()) if (!there.has(key)) known.delete(key);
        await lookAtAll(all, signal);
        await waitOrAbort(clock, everyMs, signal);
      }
    },
  };
}

async function readStandings(
  { cluster, reader }: MonitorPollOptions,
  daywatch: Daywatch,
  signal: AbortSignal,
): Promise<readonly Standing[]> {
  const { name, namespace = '' } = daywatch.metadata;
  const scope = createScope(daywatch, { managedBy: MANAGED_BY });
  const secretName = daywatch.spec.firstToken.secretName ?? `${scope.name}-first-token`;
  const secret = await readSecret(cluster, { namespace, name: secretName }, signal);
  const encoded = secret?.data?.['token'];
  const token = encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8').trim();
  return reader.read({ name, namespace, token, signal });
}

function findDifferences(
  before: ReadonlyMap<string, Standing>,
  after: ReadonlyMap<string, Standing>,
): ReadonlySet<string> {
  const names = new Set([...before.keys(), ...after.keys()]);
  return new Set([...names].filter((name) => !isSameStanding(before.get(name), after.get(name))));
}
