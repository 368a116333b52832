import type { TestResult } from '../check/test-result.ts';
import type { RunOutcome } from '../run/run-outcome.ts';

/** The report for programs. */
export function formatJsonReport(
  containerName: string,
  outcome: Pick<RunOutcome, 'results' | 'failure' | 'durationMs'>,
): string {
  const { results, failure, durationMs } = outcome;
  const passed = results.filter(({ outcome }) => outcome.kind === 'passed').length;
  const report = {
    containerName,
    passed,
    failed: results.length - passed,
    durationMs: Math.round(durationMs),
    ...(failure && { failure: { code: failure.code, message: failure.message, details: failure.details } }),
    tests: results.map(toView),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function toView({ name, outcome, durationMs }: TestResult) {
  const common = { name, outcome: outcome.kind, durationMs: Number(durationMs.toFixed(3)) };
  if (outcome.kind === 'failed')
    return { ...common, problems: outcome.problems, ...(outcome.answer && { answer: outcome.answer }) };
  return outcome.kind === 'not-run' ? { ...common, reason: outcome.reason } : common;
}
