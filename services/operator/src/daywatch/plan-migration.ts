import { MIGRATE, type Job } from '@daywatch/installation';
import type { LiveCondition, LiveJob } from '../cluster/live-objects.ts';
import { describeConflict } from './keep-object.ts';
import { APPLIED, COMPONENT, MIGRATES, MIGRATES_TO } from './names.ts';
import { isLower } from './version-policy.ts';
import type { Problem, View, Write } from './view.ts';
import { judgeOwnership, wantObject } from './wanted-object.ts';

export interface MigrationPlan {
  /** `done`: the database is as the version needs it. */
  readonly kind: 'done' | 'waiting' | 'running' | 'failed';
  readonly message: string;
  /** The version whose migrations are applied, as far as it is known. */
  readonly migrated: string | undefined;
  readonly writes: readonly Write[];
  /** A Job of the same name that belongs to somebody else. */
  readonly conflict?: Problem;
  /** When to look again, whatever happens until then. */
  readonly againAfterMs?: number;
}

/** A migration that has failed is tried again after that: the reason may be gone. */
const RETRY_MS = 60_000;
/** Nothing tells when pods may be looked at again. */
const LOOK_FOR_PODS_MS = 15_000;
const UNKNOWN = 'pods may not be listed: whether earlier migrations are still at work is not known';

/**
 * Runs the migrations of a version once. There is one Job for an installation, whatever the version, so that the API
 * server itself refuses a second one while there is one; and one that could still be at work is never replaced.
 *
 * ```
 *  no Job --what it needs is there--> running --> complete: done
 *    ^                                   |--> failed --RETRY_MS, or another Job is wanted--> deleted, with its pods --.
 *    '----------------------------------------------------------------------------------------------------------------'
 * ```
 *
 * What was applied was applied to one database: with another one it begins anew. A Job that an earlier Daywatch of this
 * name has left says nothing about this one, and is cleared away when it has ended; one of somebody else is left alone.
 *
 * @param needs why it cannot begin yet; undefined when it can.
 */
export function planMigration(
  view: View,
  job: Job,
  version: string,
  needs: string | undefined,
): MigrationPlan {
  const migrated = readMigrated(view);
  const say = (
    kind: MigrationPlan['kind'],
    message: string,
    writes: readonly Write[] = [],
  ): MigrationPlan => ({ kind, message, migrated, writes });
  const wanted = wantJob(view, job, version);
  const live = view.find<LiveJob>('jobs', wanted.metadata.name);
  const ownership = live === undefined ? 'mine' : judgeOwnership(live, view.daywatch);
  const isSameVersion = ownership === 'mine' && isFor(live, version, view);
  if (migrated !== undefined && !isLower(migrated, version)) {
    return say('done', `the migrations of ${migrated} are applied`);
  }
  if (live === undefined) {
    if (needs !== undefined) return say('waiting', needs);
    if (!view.arePodsKnown) return { ...say('waiting', UNKNOWN), againAfterMs: LOOK_FOR_PODS_MS };
    if (hasPod(view, 'Running', 'Pending')) {
      return say('waiting', 'a pod of earlier migrations is still there');
    }
    return say('running', `the migrations of ${version} begin`, [{ kind: 'create', object: wanted }]);
  }
  if (ownership === 'others') {
    const conflict = describeConflict('Job', live);
    return { ...say('waiting', conflict.message), conflict };
  }
  if (live.metadata.deletionTimestamp !== undefined) {
    return say('waiting', 'earlier migrations are being cleared away');
  }
  const complete = findCondition(live, 'Complete');
  const failed = findCondition(live, 'Failed');
  const clearAway: Write = { kind: 'delete', object: live, propagation: 'Foreground' };
  const isOther =
    !isFor(live, version, view) ||
    ownership !== 'mine' ||
    live.metadata.annotations?.[APPLIED] !== wanted.metadata.annotations?.[APPLIED];
  if (failed !== undefined) {
    return { ...planAfterFailure(view, { live, failed, version, isOther, clearAway }), migrated };
  }
  if (complete !== undefined) {
    return say('waiting', 'earlier migrations are cleared away', [clearAway]);
  }
  if (isOther && view.arePodsKnown && !hasPod(view, 'Running')) {
    // Its pods have not even begun: an image that cannot be pulled, most of the time.
    return say('waiting', 'migrations that cannot begin are cleared away', [clearAway]);
  }
  const other = live.metadata.annotations?.[MIGRATES_TO] ?? 'another version';
  const trouble = findTrouble(view);
  const message = `the migrations of ${isSameVersion ? version : other} run${trouble === undefined ? '' : `: ${trouble}`}`;
  return say('running', message);
}

interface FailedJob {
  readonly live: LiveJob;
  readonly failed: LiveCondition;
  readonly version: string;
  readonly isOther: boolean;
  readonly clearAway: Write;
}

function planAfterFailure(
  view: View,
  { live, failed, version, isOther, clearAway }: FailedJob,
): Omit<MigrationPlan, 'migrated'> {
  const why = failed.message ?? failed.reason ?? 'it does not say why';
  const atMs = Date.parse(failed.lastTransitionTime ?? '') || view.nowMs;
  const leftMs = atMs + RETRY_MS - view.nowMs;
  const trouble = findTrouble(view);
  const detail = trouble === undefined ? why : `${why}; ${trouble}`;
  if (isOther || leftMs <= 0) {
    return {
      kind: 'failed',
      message: `the migrations of ${version} are tried again after they have failed: ${detail}`,
      writes: [clearAway],
    };
  }
  return {
    kind: 'failed',
    message: `the migrations of ${version} have failed: ${detail}; see the log of Job '${live.metadata.name}'. They are tried again every ${RETRY_MS / 1000} s`,
    writes: [],
    againAfterMs: leftMs,
  };
}

/**
 * The version whose migrations are applied to the database that it has now: as it was noted, or as the Job says that has
 * ended since, whichever version is asked for meanwhile.
 */
export function readMigrated(view: View): string | undefined {
  const { daywatch, database } = view;
  const { migratedVersion, migratedDatabase = database } = daywatch.status ?? {};
  const noted = migratedDatabase === database ? migratedVersion : undefined;
  const live = view.find<LiveJob>('jobs', nameJob(view));
  if (live === undefined || judgeOwnership(live, daywatch) !== 'mine') return noted;
  const version = live.metadata.annotations?.[MIGRATES_TO];
  if (version === undefined || !isFor(live, version, view) || findCondition(live, 'Complete') === undefined)
    return noted;
  return noted !== undefined && isLower(version, noted) ? noted : version;
}

/** Whether a Job migrates the database that there is now to a version. */
function isFor(live: LiveJob | undefined, version: string, { database }: View): boolean {
  const { annotations = {} } = live?.metadata ?? {};
  return annotations[MIGRATES_TO] === version && (annotations[MIGRATES] ?? database) === database;
}

/** The same for every version, so that there is never more than one. */
function nameJob({ daywatch }: View): string {
  return `${daywatch.metadata.name}-${MIGRATE}`;
}

function wantJob(view: View, job: Job, version: string): ReturnType<typeof wantObject> {
  const name = nameJob(view);
  const annotations = { ...job.metadata.annotations, [MIGRATES_TO]: version };
  const wanted = wantObject({ ...job, metadata: { ...job.metadata, name, annotations } }, view.daywatch);
  const { metadata } = wanted;
  // Not among what is wanted of it: which volume it is follows from chance.
  return {
    ...wanted,
    metadata: { ...metadata, annotations: { ...metadata.annotations, [MIGRATES]: view.database } },
  };
}

function findCondition({ status }: LiveJob, type: string): LiveCondition | undefined {
  return status?.conditions?.find((condition) => condition.type === type && condition.status === 'True');
}

function isMigrationPod({ metadata }: View['pods'][number]): boolean {
  return metadata.labels?.[COMPONENT] === MIGRATE;
}

function hasPod(view: View, ...phases: readonly string[]): boolean {
  return view.pods.some((pod) => isMigrationPod(pod) && phases.includes(pod.phase));
}

function findTrouble({ pods }: View): string | undefined {
  return pods.find((pod) => isMigrationPod(pod) && pod.trouble !== undefined)?.trouble;
}
