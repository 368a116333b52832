import type { TestFile, TestSpec } from '../file/test-file.ts';
import { runTest, type TestSurroundings } from './run-test.ts';
import type { TestResult } from './test-result.ts';

export interface TestObserver {
  readonly onStart: (name: string) => void;
  readonly onEnd: (result: TestResult) => void;
}

/**
 * Runs the tests in the order of the file; those that may be parallel run beside their neighbours. A test sees what
 * those before its group have captured.
 * @returns the results in the order of the file; those that a signal has kept from running say so
 */
export async function runTests(
  { tests, maxParallel }: Pick<TestFile, 'tests' | 'maxParallel'>,
  surroundings: TestSurroundings,
  { onStart, onEnd }: TestObserver,
  signal: AbortSignal,
): Promise<readonly TestResult[]> {
  const results: TestResult[] = [];
  const captured = new Map<string, string>();
  const lookup = (reference: string): string | undefined =>
    captured.get(reference) ?? surroundings.lookup(reference);

  async function run(spec: TestSpec): Promise<ReadonlyMap<string, string>> {
    const index = tests.indexOf(spec);
    if (signal.aborted) {
      results[index] = notRun(spec, 'the run was broken off');
      return new Map();
    }
    onStart(spec.name);
    try {
      const { result, captured } = await runTest(spec, { ...surroundings, lookup }, signal);
      results[index] = result;
      onEnd(result);
      return captured;
    } catch (error) {
      if (!signal.aborted) throw error;
      results[index] = notRun(spec, 'the run was broken off');
      return new Map();
    }
  }

  for (const group of groupTests(tests)) {
    const found = await mapLimited(group, maxParallel, run);
    for (const [name, value] of found.flatMap((each) => Array.from(each))) captured.set(name, value);
  }
  return results;
}

export function notRun({ name }: Pick<TestSpec, 'name'>, reason: string): TestResult {
  return { name, outcome: { kind: 'not-run', reason }, durationMs: 0 };
}

/** Neighbours that may run in parallel make a group; every other test is one of its own. */
function groupTests(tests: readonly TestSpec[]): readonly (readonly TestSpec[])[] {
  const groups: TestSpec[][] = [];
  for (const test of tests) {
    const last = groups.at(-1);
    if (test.isParallel && last?.[0]?.isParallel === true) last.push(test);
    else groups.push([test]);
  }
  return groups;
}

async function mapLimited<T, U>(
  items: readonly T[],
  max: number,
  map: (item: T) => Promise<U>,
): Promise<U[]> {
  const results: U[] = [];
  const rest = items.entries();
  const work = async (): Promise<void> => {
    for (const [i, item] of rest) results[i] = await map(item);
  };
  await Promise.all(Array.from({ length: Math.min(max, items.length) }, work));
  return results;
}
