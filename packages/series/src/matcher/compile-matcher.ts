import { RE2JS, RE2JSException } from 're2js';

import { InvalidSelectorError } from '../errors.ts';
import type { Matcher } from './matcher.ts';

/** Longer expressions are refused: compiling takes time and memory in proportion. */
export const MAX_EXPRESSION_LENGTH = 4096;

/** A matcher that is ready to be asked. */
export interface CompiledMatcher extends Matcher {
  /** Whether a value fulfils it; '' is the value of a label that is not there. */
  readonly matches: (value: string) => boolean;
  /** Whether a series without the label fulfils it. */
  readonly matchesEmpty: boolean;
}

/**
 * @throws InvalidSelectorError for an expression that RE2 does not know (back references, look-around) or that is
 *   too long.
 */
export function compileMatcher(matcher: Matcher): CompiledMatcher {
  const matches = makeTest(matcher);
  return { ...matcher, matches, matchesEmpty: matches('') };
}

function makeTest({ operator, value }: Matcher): (candidate: string) => boolean {
  switch (operator) {
    case '=':
      return (candidate) => candidate === value;
    case '!=':
      return (candidate) => candidate !== value;
    case '=~':
      return makeExpressionTest(value);
    case '!~': {
      const matches = makeExpressionTest(value);
      return (candidate) => !matches(candidate);
    }
    default:
      return operator satisfies never;
  }
}

/** What an alternation of plain words is made of: those need no engine. */
const PLAIN_WORDS = /^[\w\- :/,@%]*(\|[\w\- :/,@%]*)*$/;

/** The whole value must match, and `.` matches a line feed too, both as in Prometheus. */
function makeExpressionTest(expression: string): (candidate: string) => boolean {
  if (expression.length > MAX_EXPRESSION_LENGTH) {
    throw new InvalidSelectorError(
      `a regular expression of ${expression.length} characters is too long: at most ${MAX_EXPRESSION_LENGTH} are allowed`,
    );
  }
  if (PLAIN_WORDS.test(expression)) {
    const words = new Set(expression.split('|'));
    return (candidate) => words.has(candidate);
  }
  try {
    const compiled = RE2JS.compile(expression, RE2JS.DOTALL);
    return (candidate) => compiled.matches(candidate);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    throw new InvalidSelectorError(
      `'${expression}' is no regular expression of RE2: ${error.message}`,
      undefined,
      {
        cause: error,
      },
    );
  }
}
