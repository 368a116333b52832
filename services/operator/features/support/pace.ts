import { fastConfig } from '../../tests/_support/fast-config.ts';
import { operatorSchema, type OperatorConfig } from '@daywatch/operator';

/** How long things take in a cluster. */
export interface Pace {
  /** How long what becomes true by itself may take. */
  readonly deadlineMs: number;
  readonly pollMs: number;
  readonly configure: (overrides: Readonly<Record<string, object>>) => OperatorConfig;
}

/** Nothing takes any time in the test API server, but a busy machine may. */
export const FAST: Pace = { deadlineMs: 60_000, pollMs: 5, configure: fastConfig };

/** Where images are pulled, databases are made and pods are started on a node that has more to do. */
export function realPace(deadlineMs: number): Pace {
  return {
    deadlineMs,
    pollMs: 100,
    configure: ({ monitor, ...rest }) =>
      operatorSchema.parse({ ...rest, monitor: { ...monitor, interval: '1s' } }),
  };
}
