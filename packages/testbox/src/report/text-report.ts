import type { TestResult } from '../check/test-result.ts';

/** The two letters are Cyrillic. */
const OK = 'ок';
const ASCII_OK = 'ok';

/** A line per test: `<name> ок`, or `<name> fail (ExpectedCode 200 got 400)`. */
export function formatTextReport(
  results: readonly TestResult[],
  { ascii }: { readonly ascii: boolean },
): string {
  return results.map((result) => `${formatResult(result, { ascii })}\n`).join('');
}

export function formatResult({ name, outcome }: TestResult, { ascii }: { readonly ascii: boolean }): string {
  const shown = toOneLine(name);
  switch (outcome.kind) {
    case 'passed':
      return `${shown} ${ascii ? ASCII_OK : OK}`;
    case 'failed':
      return `${shown} fail (${toOneLine(outcome.problems.join('; '))})`;
    case 'not-run':
      return `${shown} fail (not run: ${toOneLine(outcome.reason)})`;
    default:
      return outcome satisfies never;
  }
}

/** A test is one line, whatever a server has answered; nothing in it moves a terminal's cursor. */
function toOneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
