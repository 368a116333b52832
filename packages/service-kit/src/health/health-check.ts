export type HealthStatus = 'pass' | 'warn' | 'fail';

export interface HealthFinding {
  readonly status: HealthStatus;
  /** Why it does not pass. Shown to everybody who reaches the port: no addresses, no credentials. */
  readonly output?: string;
  readonly observedValue?: number;
  readonly observedUnit?: string;
}

/** Something that a process can find out about itself or about what it needs. */
export interface HealthCheck {
  /** The key in the answer: `database`. */
  readonly name: string;
  /** Which one it is, by default its name. */
  readonly componentId?: string;
  readonly componentType: 'component' | 'datastore' | 'system';
  /** Whether no request should be sent here while it fails. */
  readonly isNeededForReadiness: boolean;
  /** May throw, which is `fail`. The signal is aborted at the deadline. */
  readonly check: (signal: AbortSignal) => Promise<HealthFinding> | HealthFinding;
  /** Over it the check has failed; by default 2 s. */
  readonly timeoutMs?: number;
  /** So long a finding is told again without asking; by default 1 s. */
  readonly cacheMs?: number;
}
