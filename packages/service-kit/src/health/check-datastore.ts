import type { HealthCheck } from './health-check.ts';

/** The check of something that keeps data, without which a process is not ready: it passes when `ask` does not throw. */
export function checkDatastore(name: string, ask: (signal: AbortSignal) => Promise<unknown>): HealthCheck {
  return {
    name,
    componentType: 'datastore',
    isNeededForReadiness: true,
    check: async (signal) => {
      await ask(signal);
      return { status: 'pass' };
    },
  };
}
