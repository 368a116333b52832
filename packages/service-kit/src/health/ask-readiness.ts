import type { HealthReport } from './health.ts';

/** Longer than the longest deadline of a check, and shorter than what asks usually waits. */
const TIMEOUT_MS = 4_000;

/**
 * Asks a process of this machine for its `/health/ready`.
 * @returns `pass` or `warn`.
 * @throws Error with one line that says what is the matter: nobody answers there, or what is not ready and why.
 */
export async function askReadiness(host: string, port: number): Promise<string> {
  if (port === 0) throw new Error('http.port is 0, any free port: which one it was given cannot be known');
  const url = `http://${toReachable(host)}:${port}/health/ready`;
  const report = await ask(url);
  if (report.status === 'pass' || report.status === 'warn') return report.status;
  const failing = Object.entries(report.checks ?? {}).filter(([, check]) => check.status === 'fail');
  const reasons = failing.map(([name, { output }]) => (output ? `${name}: ${output}` : name));
  throw new Error(`not ready: ${reasons.join('; ') || `${url} does not say why`}`);
}

async function ask(url: string): Promise<Partial<HealthReport>> {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    return (await response.json()) as Partial<HealthReport>;
  } catch (error) {
    throw new Error(`${url} does not answer as a process of Daywatch does: ${explain(error)}`, {
      cause: error,
    });
  }
}

/** The address of a machine's every interface is none that can be called. */
function toReachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function explain(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error && cause.message !== '' ? cause.message : message;
}
