import type { CheckReport } from './health.ts';
import type { HealthCheck, HealthFinding } from './health-check.ts';

const DEFAULT_TIMEOUT_MS = 2000;
const DEFAULT_CACHE_MS = 1000;

/**
 * Runs a check at most once at a time and at most once in `cacheMs`, however many ask. The answer comes by
 * the deadline even where the check ignores its signal; such a check is not begun again until it has ended.
 */
export function runCheck(check: HealthCheck): () => Promise<CheckReport> {
  const cacheMs = check.cacheMs ?? DEFAULT_CACHE_MS;
  let last: { readonly report: CheckReport; readonly atMs: number } | undefined;
  let pending: Promise<CheckReport> | undefined;
  let isHanging = false;

  const runOnce = async (): Promise<CheckReport> => {
    const timeoutMs = check.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const overdue: HealthFinding = { status: 'fail', output: `no answer within ${timeoutMs} ms` };
    if (isHanging) return toReport(check, overdue);
    const deadline = new AbortController();
    const { promise: late, resolve } = Promise.withResolvers<HealthFinding>();
    const timer = setTimeout(() => {
      resolve(overdue);
      deadline.abort(
        new DOMException(`the health check '${check.name}' took over ${timeoutMs} ms`, 'TimeoutError'),
      );
    }, timeoutMs);
    isHanging = true;
    const found = ask(check, deadline.signal).finally(() => {
      isHanging = false;
    });
    const finding = await Promise.race([found, late]);
    clearTimeout(timer);
    return toReport(check, finding);
  };
  return () => {
    if (last && performance.now() - last.atMs < cacheMs) return Promise.resolve(last.report);
    pending ??= runOnce().then((report) => {
      last = { report, atMs: performance.now() };
      pending = undefined;
      return report;
    });
    return pending;
  };
}

/** Never rejects: a check that throws has failed. */
async function ask(check: HealthCheck, signal: AbortSignal): Promise<HealthFinding> {
  try {
    return await check.check(signal);
  } catch {
    // The message could name hosts, users or files, and this answer is open to everybody.
    return { status: 'fail', output: `the check of ${check.name} failed` };
  }
}

function toReport(check: HealthCheck, finding: HealthFinding): CheckReport {
  return {
    component_id: check.componentId ?? check.name,
    component_type: check.componentType,
    status: finding.status,
    ...(finding.output === undefined ? {} : { output: finding.output }),
    ...(finding.observedValue === undefined ? {} : { observed_value: finding.observedValue }),
    ...(finding.observedUnit === undefined ? {} : { observed_unit: finding.observedUnit }),
  };
}
