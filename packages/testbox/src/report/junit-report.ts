import type { TestResult } from '../check/test-result.ts';

/** The report in the XML of JUnit, which most CI servers read. */
export function formatJunitReport(suite: string, results: readonly TestResult[]): string {
  const count = (kind: TestResult['outcome']['kind']): number =>
    results.filter(({ outcome }) => outcome.kind === kind).length;
  const seconds = results.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000;
  const attributes =
    `name="${escape(suite)}" tests="${results.length}" failures="${count('failed')}" ` +
    `errors="${count('not-run')}" skipped="0" time="${seconds.toFixed(3)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite ${attributes}>`,
    ...results.map((result) => formatCase(suite, result)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function formatCase(suite: string, { name, outcome, durationMs }: TestResult): string {
  const open = `    <testcase classname="${escape(suite)}" name="${escape(name)}" time="${(durationMs / 1000).toFixed(3)}"`;
  switch (outcome.kind) {
    case 'passed':
      return `${open}/>`;
    case 'failed':
      return `${open}>\n      ${formatFailure(outcome)}\n    </testcase>`;
    case 'not-run':
      return `${open}>\n      <error message="${escape(outcome.reason)}"/>\n    </testcase>`;
    default:
      return outcome satisfies never;
  }
}

function formatFailure({ problems, answer }: Extract<TestResult['outcome'], { kind: 'failed' }>): string {
  const open = `<failure message="${escape(problems.join('; '))}"`;
  return answer === undefined ? `${open}/>` : `${open}>the answer: ${escape(answer)}</failure>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** XML has no way to write the other control characters, nor halves of characters. */
function escape(text: string): string {
  return text
    .replaceAll(/[&<>"\t\n\r]/g, (character) => ENTITIES[character] ?? character)
    .replaceAll(/[\p{Cc}\p{Surrogate}\ufffe\uffff]/gu, '\ufffd');
}
