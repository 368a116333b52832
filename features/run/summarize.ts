import type { ScenarioResult } from './tally.ts';

export interface Summary {
  /** What has not passed, and why; then, as the last line, `N passed, N failed`. */
  readonly text: string;
  /** 0 where scenarios were run and every one has passed. */
  readonly exitCode: 0 | 1;
}

export function summarize(results: readonly ScenarioResult[]): Summary {
  const failed = results.filter(({ status }) => status !== 'PASSED');
  const lines = failed.map(({ name, status, message }) => `${status} ${name}\n${message}\n`);
  lines.push(`${results.length - failed.length} passed, ${failed.length} failed`);
  return { text: lines.join('\n'), exitCode: failed.length > 0 || results.length === 0 ? 1 : 0 };
}
