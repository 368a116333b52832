import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  formatJsonReport,
  formatJunitReport,
  formatTextReport,
  formatUsage,
  TestboxError,
  type TestResult,
} from '../src/index.ts';

const GOLDEN = join(import.meta.dirname, 'golden/reports');

const RESULTS: readonly TestResult[] = [
  { name: 'greets', outcome: { kind: 'passed' }, durationMs: 12.3456 },
  {
    name: 'orders',
    outcome: { kind: 'failed', problems: ['ExpectedCode 200 got 400'], answer: '{"error":"<no>"}' },
    durationMs: 3,
  },
  {
    name: 'says "hi" & <more>',
    outcome: { kind: 'failed', problems: ['ResponseContains "a\u0000b"', 'second\nline \u001b[31mred'] },
    durationMs: 1_500,
  },
  {
    name: 'never',
    outcome: { kind: 'not-run', reason: 'box: the container ended with code 1' },
    durationMs: 0,
  },
];

describe('the reports', () => {
  it.each([
    ['report.txt', formatTextReport(RESULTS, { ascii: false })],
    ['report-ascii.txt', formatTextReport(RESULTS, { ascii: true })],
    ['junit.xml', formatJunitReport('shop & sons', RESULTS)],
    [
      'report.json',
      formatJsonReport('shop', {
        results: RESULTS,
        failure: new TestboxError('container_died', 'it died', { details: ['last words'] }),
        durationMs: 1_600.7,
      }),
    ],
    [
      'top.txt',
      formatUsage([
        {
          id: '1',
          name: 'db',
          image: 'postgres:18',
          cpuPercent: 1.25,
          memoryBytes: 40_000_000,
          memoryLimitBytes: 0,
        },
        {
          id: '2',
          name: 'shop',
          image: 'shop-1:latest',
          cpuPercent: 120,
          memoryBytes: 512,
          memoryLimitBytes: 25_000_000_000,
        },
      ]),
    ],
  ])('should look as in the golden file: %s', async (name, text) => {
    await expect(text).toMatchFileSnapshot(join(GOLDEN, name));
  });

  it('should end the lines of tests that have passed with two Cyrillic letters', () => {
    const [line = ''] = formatTextReport(RESULTS, { ascii: false }).split('\n');

    expect(line).toBe('greets \u043e\u043a');
  });

  it('should say that nothing is running', () => {
    expect(formatUsage([])).toBe('no container is running\n');
  });
});
