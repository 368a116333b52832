import type { Labels } from './container-engine.ts';

/** Every container, network, volume and image that testbox makes carries the run that made it. */
export const RUN_LABEL = 'org.daywatch.testbox.run';
/** On what `--keep` leaves. */
export const KEEP_LABEL = 'org.daywatch.testbox.keep';

export function labelsOf(runId: string, isKept: boolean): Labels {
  return { [RUN_LABEL]: runId, ...(isKept && { [KEEP_LABEL]: 'true' }) };
}
