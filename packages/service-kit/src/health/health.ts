import { runCheck } from './run-check.ts';
import type { HealthCheck, HealthStatus } from './health-check.ts';

/** The body of `/health`: what the monitor reads. */
export interface HealthReport {
  readonly status: HealthStatus;
  readonly service_id: string;
  readonly checks: Readonly<Record<string, CheckReport>>;
}

export interface CheckReport {
  readonly component_id: string;
  readonly component_type: string;
  readonly status: HealthStatus;
  /** Why it does not pass, for people. */
  readonly output?: string;
  readonly observed_value?: number;
  readonly observed_unit?: string;
}

/** What a process knows of its own health. Add the checks, then say when it has started. */
export interface Health {
  /** @throws TypeError when the name is taken. */
  readonly add: (check: HealthCheck) => void;
  /** From now on it is ready, if its checks pass. Before, `/health` is `fail` and says that it starts. */
  readonly markStarted: () => void;
  /** From now on it is not ready, whatever its checks say. */
  readonly markStopping: () => void;
  /** Whether the process is there at all: it never asks anybody else. */
  readonly reportLive: () => HealthReport;
  /** Whether requests should be sent here: started, not stopping, and every check that readiness needs passes. */
  readonly reportReady: () => Promise<HealthReport>;
  readonly report: () => Promise<HealthReport>;
}

export interface HealthOptions {
  /** The host name, or a name that the configuration gives. */
  readonly serviceId: string;
  /** Aborted when the process stops; the same as `markStopping`. */
  readonly signal?: AbortSignal;
}

/** A registry of checks. Answers come within the longest deadline of a check, whatever the checks do. */
export function createHealth(options: HealthOptions): Health {
  const checks = new Map<string, { readonly check: HealthCheck; readonly run: () => Promise<CheckReport> }>();
  let state: 'starting' | 'running' | 'stopping' = 'starting';
  const markStopping = (): void => {
    state = 'stopping';
  };
  options.signal?.addEventListener('abort', markStopping, { once: true });

  const collect = async (isWanted: (check: HealthCheck) => boolean): Promise<HealthReport> => {
    const wanted = [...checks].filter(([, { check }]) => isWanted(check));
    const reports = await Promise.all(wanted.map(async ([name, { run }]) => [name, await run()] as const));
    const lifecycle = state === 'running' ? [] : [['lifecycle', describeState(options, state)] as const];
    return summarize(options.serviceId, [...lifecycle, ...reports]);
  };
  return {
    add: (check) => {
      if (checks.has(check.name) || check.name === 'lifecycle') {
        throw new TypeError(`there is a health check '${check.name}' already`);
      }
      checks.set(check.name, { check, run: runCheck(check) });
    },
    markStarted: () => {
      if (state === 'starting') state = 'running';
    },
    markStopping,
    reportLive: () => summarize(options.serviceId, []),
    reportReady: () => collect((check) => check.isNeededForReadiness),
    report: () => collect(() => true),
  };
}

function summarize(serviceId: string, reports: readonly (readonly [string, CheckReport])[]): HealthReport {
  const statuses = new Set(reports.map(([, { status }]) => status));
  return {
    status: statuses.has('fail') ? 'fail' : statuses.has('warn') ? 'warn' : 'pass',
    service_id: serviceId,
    checks: Object.fromEntries(reports),
  };
}

function describeState(options: HealthOptions, state: 'starting' | 'stopping'): CheckReport {
  return {
    component_id: options.serviceId,
    component_type: 'system',
    status: 'fail',
    output: state === 'starting' ? 'the process is starting' : 'the process is stopping',
  };
}
