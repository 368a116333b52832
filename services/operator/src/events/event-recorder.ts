import { createHash } from 'node:crypto';
import type { Clock } from '@daywatch/monitor';
import type { Logger } from '@daywatch/service-kit/log';
import type { Cluster } from '../cluster/cluster.ts';
import { isClusterError } from '../cluster/cluster-error.ts';
import type { KubeObject } from '../cluster/kube-object.ts';
import { FIELD_MANAGER } from '../daywatch/names.ts';
import { formatTime } from '../daywatch/conditions.ts';

/** Something that happened to an object, as `kubectl describe` shows it. */
export interface Happening {
  readonly type: 'Normal' | 'Warning';
  /** One word: `UpgradeBegun`. */
  readonly reason: string;
  readonly message: string;
}

export interface EventRecorder {
  /** Notes it. Never fails: events are help for people, and no work waits for them. */
  readonly note: (about: KubeObject, happening: Happening, signal?: AbortSignal) => Promise<void>;
}

export interface EventRecorderOptions {
  readonly cluster: Pick<Cluster, 'create' | 'merge'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Which process says so. */
  readonly instance: string;
  readonly logger: Logger;
}

interface Known {
  readonly name: string;
  readonly firstMs: number;
  count: number;
}

/** What is said again within that time is one event that counts. */
const AGGREGATE_MS = 60 * 60_000;
const MAX_KNOWN = 10_000;

export function createEventRecorder(options: EventRecorderOptions): EventRecorder {
  const { cluster, clock, instance, logger } = options;
  const known = new Map<string, Known>();

  async function write(
    about: KubeObject,
    happening: Happening,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const now = clock.now();
    const { namespace = '' } = about.metadata;
    const id = createHash('sha256')
      .update(JSON.stringify([about.kind, about.metadata.uid, happening]))
      .digest('hex')
      .slice(0, 16);
    const former = known.get(id);
    if (former !== undefined && now - former.firstMs < AGGREGATE_MS) {
      former.count++;
      // At 2, 4, 8 and so on: what repeats without end is written ever less often.
      if ((former.count & (former.count - 1)) !== 0) return;
      const patch = { count: former.count, lastTimestamp: formatTime(now) };
      await cluster
        .merge('events', { namespace, name: former.name }, patch, signal)
        .catch((error: unknown) => {
          // The API server forgets events after an hour.
          if (!isClusterError(error, 'not_found')) throw error;
          known.delete(id);
        });
      return;
    }
    const name = `${about.metadata.name}.${id}.${now.toString(36)}`;
    known.delete(id);
    known.set(id, { name, firstMs: now, count: 1 });
    if (known.size > MAX_KNOWN) known.delete(known.keys().next().value as string);
    await cluster.create('events', makeEvent({ name, namespace, about, happening, now, instance }), signal);
  }

  return {
    async note(about, happening, signal) {
      try {
        await write(about, happening, signal);
      } catch (error) {
        logger.debug(
          { err: error },
          `the event ${happening.reason} of ${about.metadata.name} was not written`,
        );
      }
    },
  };
}

interface EventParts {
  readonly name: string;
  readonly namespace: string;
  readonly about: KubeObject;
  readonly happening: Happening;
  readonly now: number;
  readonly instance: string;
}

/** The longest message that an event may have. */
const MAX_MESSAGE = 1000;

function makeEvent({ name, namespace, about, happening, now, instance }: EventParts): KubeObject {
  const { apiVersion, kind, metadata } = about;
  const event = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace },
    involvedObject: {
      apiVersion,
      kind,
      namespace,
      name: metadata.name,
      ...(metadata.uid === undefined ? {} : { uid: metadata.uid }),
      ...(metadata.resourceVersion === undefined ? {} : { resourceVersion: metadata.resourceVersion }),
    },
    type: happening.type,
    reason: happening.reason,
    message: happening.message.slice(0, MAX_MESSAGE),
    source: { component: FIELD_MANAGER },
    reportingComponent: FIELD_MANAGER,
    reportingInstance: instance,
    count: 1,
    firstTimestamp: formatTime(now),
    lastTimestamp: formatTime(now),
  };
  return event;
}
