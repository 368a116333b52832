import { nearestWord } from '../text/nearest-word.ts';
import type { Outline, TestOutline } from './outline.ts';
import type { FoundReference, Reading } from './reading.ts';

/** The property of a container that a reference may name. */
export const NETWORK_ADDRESS = 'network_address';

/**
 * Refuses references that nothing can resolve: to containers that are not there, to values that no earlier test has
 * captured, and from a container to itself or to the one under test.
 */
export function checkReferences(outline: Outline, reading: Reading): void {
  for (const { key, line, column, text } of reading.references) {
    const problem = findProblem(outline, { key, line, column, text });
    if (problem === undefined) continue;
    const { found, allowed, meant } = problem;
    reading.faults.push({
      key,
      line,
      column,
      found: `found '\${${text}}', ${found}`,
      ...(meant === undefined ? { allowed } : { suggestion: `'${meant}'` }),
    });
  }
}

/** What images are made of, and containers with: nothing has an address by then. */
const BEFORE_CONTAINERS =
  /(^|\.)(image|dockerfile|context|buildArgs\..*|files\[\d+\]\.(path|source)|descriptors)$/;

interface Problem {
  readonly found: string;
  readonly allowed: string;
  readonly meant?: string | undefined;
}

function findProblem(outline: Outline, { key, text }: FoundReference): Problem | undefined {
  if (BEFORE_CONTAINERS.test(key))
    return { found: 'which is known only once containers have started', allowed: 'no reference here' };
  const [name = '', ...properties] = text.split(':').map((part) => part.trim());
  const test = indexOf(key, 'tests');
  if (properties.length === 0) return findCaptureProblem(outline.tests, name, test);
  const owner = test === undefined ? ownerOf(outline, key) : undefined;
  const names = containersVisibleFrom(outline, test, owner);
  if (!names.includes(name)) {
    const isSelf = name === owner;
    return {
      found: isSelf
        ? 'which is the container itself: it has no address before it starts'
        : `but there is no dependency '${name}'`,
      allowed: names.map((name) => `\${${name}:${NETWORK_ADDRESS}}`).join(', ') || 'no reference here',
      meant: isSelf ? undefined : nearestWord(name, names),
    };
  }
  const property = properties.join(':');
  if (property === NETWORK_ADDRESS) return undefined;
  return {
    found: `but '${property}' is no property of a container`,
    allowed: NETWORK_ADDRESS,
    meant: nearestWord(property, [NETWORK_ADDRESS]),
  };
}

/** A dependency may use other dependencies, the container under test all of them, and tests that one as well. */
function containersVisibleFrom(
  { subject, dependencies }: Outline,
  test: number | undefined,
  owner: string | undefined,
): readonly string[] {
  const names = dependencies.map(({ name }) => name).filter((name) => name !== undefined);
  if (test === undefined) return names.filter((name) => name !== owner);
  return subject.name === undefined ? names : [subject.name, ...names];
}

/** Which container a key belongs to. */
export function ownerOf({ subject, dependencies }: Outline, key: string): string | undefined {
  const index = indexOf(key, 'dependencies');
  return index === undefined ? subject.name : dependencies[index]?.name;
}

function findCaptureProblem(
  tests: readonly TestOutline[],
  name: string,
  test: number | undefined,
): Problem | undefined {
  const address = `\${name:${NETWORK_ADDRESS}}`;
  if (test === undefined) return { found: 'which is no reference to an address', allowed: address };
  const start = groupStart(tests, test);
  const captured = tests.slice(0, start).flatMap(({ captures }) => captures);
  if (captured.includes(name)) return undefined;
  if (tests.slice(start, test).some(({ captures }) => captures.includes(name))) {
    return {
      found: 'which is captured by a test that runs at the same time',
      allowed: 'parallel: false for one of them',
    };
  }
  return {
    found: 'which no test before this one captures',
    allowed: `what an earlier test captures, or ${address}`,
    meant: nearestWord(name, captured),
  };
}

/** Where the tests begin that may run at the same time as this one. */
function groupStart(tests: readonly TestOutline[], test: number): number {
  let start = test;
  if (tests[start]?.isParallel !== true) return start;
  while (start > 0 && tests[start - 1]?.isParallel === true) start--;
  return start;
}

function indexOf(key: string, list: 'dependencies' | 'tests'): number | undefined {
  const match = /^(\w+)\[(\d+)\]/.exec(key);
  return match?.[1] === list ? Number(match[2]) : undefined;
}
