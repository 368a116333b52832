import type { Daywatch } from '@daywatch/installation';
import type { Clock } from '@daywatch/monitor';
import type { Logger } from '@daywatch/service-kit/log';
import { formatKey, keyOf, parseKey, type KubeObject, type ObjectKey } from '../cluster/kube-object.ts';
import { runWorkers } from '../queue/run-workers.ts';
import { WorkQueue } from '../queue/work-queue.ts';
import type { Informer } from '../watching/informer.ts';
import { waitOrAbort } from '../watching/wait-or-abort.ts';
import { askMonitor, type MonitorAccess } from './ask-monitor.ts';
import { isSameStanding, type Standing, type Standings } from './standing.ts';

export interface MonitorPollOptions extends MonitorAccess {
  readonly clock: Clock;
  readonly everyMs: number;
  /** The installations that have targets. */
  readonly daywatches: Pick<Informer<KubeObject>, 'get' | 'list'>;
  /** Told of which targets of an installation something new is known; all of them when it is about the monitor itself. */
  readonly onNews: (installation: ObjectKey, names: ReadonlySet<string> | 'all') => void;
  readonly logger: Logger;
}

export interface MonitorPoll {
  readonly standingsOf: (installation: ObjectKey) => Standings;
  /** Asks until the signal is aborted. */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

/** So many monitors are asked at once, of those that answer soon and of the others: each answer may be large. */
const AT_ONCE = 2;

/** Who has not answered after that is asked again among those that take their time. */
const SOON_MS = 2_000;

const NOT_ASKED: Standings = { kind: 'unasked', why: 'the monitor has not been asked yet' };

/**
 * Asks the monitors of all installations, again and again, how their targets stand. Those that hang hold up only one
 * another, however many they are:
 *
 * ```
 *  new --> soon --no answer after SOON_MS--> late, at once
 *           ^ '--answers--> soon, after everyMs
 *           '--answers within SOON_MS-- late --answers later, or not--> late, after everyMs
 * ```
 */
export function createMonitorPoll(options: MonitorPollOptions): MonitorPoll {
  const { clock, everyMs, daywatches, onNews, logger } = options;
  const known = new Map<string, Standings>();

  function note(key: string, after: Standings): void {
    const before = known.get(key) ?? NOT_ASKED;
    known.set(key, after);
    if (before.kind === 'known' && after.kind === 'known') {
      const names = findDifferences(before.byName, after.byName);
      if (names.size > 0) onNews(parseKey(key), names);
    } else if (JSON.stringify(before) !== JSON.stringify(after)) {
      if (after.kind === 'unknown') logger.info(`the monitor of ${key} cannot be asked: ${after.why}`);
      onNews(parseKey(key), 'all');
    }
  }

  async function run(signal: AbortSignal): Promise<void> {
    const there = new Set<string>();
    using soon = new WorkQueue({ clock, random: () => 0 });
    using late = new WorkQueue({ clock, random: () => 0 });

    async function lookSoon(key: string, daywatch: Daywatch): Promise<void> {
      const hurry = new AbortController();
      const cancel = clock.setTimer(() => hurry.abort(), SOON_MS);
      const after = await askMonitor(options, daywatch, AbortSignal.any([signal, hurry.signal]));
      cancel();
      if (signal.aborted) return;
      if (after.kind !== 'known' && hurry.signal.aborted) {
        late.add(key);
        return;
      }
      note(key, after);
      soon.addAfter(key, everyMs);
    }

    async function lookLate(key: string, daywatch: Daywatch): Promise<void> {
      const beganMs = clock.elapsed();
      const after = await askMonitor(options, daywatch, signal);
      if (signal.aborted) return;
      note(key, after);
      const isSoon = clock.elapsed() - beganMs < SOON_MS;
      (isSoon ? soon : late).addAfter(key, everyMs);
    }

    const work = (queue: WorkQueue, look: typeof lookSoon): Promise<void> =>
      runWorkers(
        {
          name: 'monitor',
          queue,
          count: AT_ONCE,
          async work(key) {
            const daywatch = daywatches.get(parseKey(key)) as Daywatch | undefined;
            if (daywatch !== undefined) await look(key, daywatch);
            else {
              there.delete(key);
              known.delete(key);
            }
            return {};
          },
          observe: () => undefined,
          elapsed: () => clock.elapsed(),
          logger,
        },
        signal,
      );

    async function findNew(): Promise<void> {
      while (!signal.aborted) {
        for (const daywatch of daywatches.list()) {
          const key = formatKey(keyOf(daywatch));
          if (there.has(key)) continue;
          there.add(key);
          soon.add(key);
        }
        await waitOrAbort(clock, everyMs, signal);
      }
    }

    await Promise.all([findNew(), work(soon, lookSoon), work(late, lookLate)]);
  }

  return { standingsOf: (installation) => known.get(formatKey(installation)) ?? NOT_ASKED, run };
}

function findDifferences(
  before: ReadonlyMap<string, Standing>,
  after: ReadonlyMap<string, Standing>,
): ReadonlySet<string> {
  const names = new Set([...before.keys(), ...after.keys()]);
  return new Set([...names].filter((name) => !isSameStanding(before.get(name), after.get(name))));
}
