import type { KubeObject } from '../object/kube-object.ts';

/** What came of running a Job's Pod. `hang` never ends. */
export type JobOutcome = 'succeed' | 'fail' | 'hang';

/** One run of one Pod of a Job, from its start to its end. */
export interface JobRun {
  readonly job: KubeObject;
  readonly pod: string;
  readonly startedAtMs: number;
  endedAtMs?: number;
  outcome?: JobOutcome;
}

/** How the workloads of the cluster behave. Change it at any time; what starts afterwards goes by it. */
export interface Workloads {
  /** Images that cannot be pulled: their Pods never become ready. Names with `broken` by default. */
  isImageBroken: (image: string) => boolean;
  /** How long a Pod takes to become ready, and a Job's Pod to end; 0 by default. */
  startupMs: number;
  /** What comes of a Job's Pod; success by default. The signal is aborted when the Pod is deleted. */
  runJob: (job: KubeObject, signal: AbortSignal) => JobOutcome | Promise<JobOutcome>;
  /** Every run of a Job's Pod, in the order of their starts. */
  readonly jobRuns: readonly JobRun[];
}

export interface MutableWorkloads extends Workloads {
  readonly jobRuns: JobRun[];
}

export function createWorkloads(): MutableWorkloads {
  return {
    isImageBroken: (image) => image.includes('broken'),
    startupMs: 0,
    runJob: () => 'succeed',
    jobRuns: [],
  };
}
