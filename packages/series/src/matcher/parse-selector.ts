import { InvalidSelectorError } from '../errors.ts';
import { METRIC_NAME } from '../labels/labels.ts';
import type { Matcher, MatchOperator } from './matcher.ts';
import { compileMatcher } from './compile-matcher.ts';
import { SelectorReader } from './selector-reader.ts';

/** Longer texts are refused. */
export const MAX_SELECTOR_LENGTH = 16_384;

/**
 * Reads a selector of PromQL: `name`, `name{a="b",c!="d",e=~"f.*",g!~"h|i"}`, `{"utf-8 name",a="b"}`, `{}`. Blanks are
 * allowed between its parts, and a comma after the last matcher.
 * @throws InvalidSelectorError with the position of what is wrong.
 */
export function parseSelector(text: string): readonly Matcher[] {
  if (text.length > MAX_SELECTOR_LENGTH) {
    throw new InvalidSelectorError(
      `a selector of ${text.length} characters is too long: at most ${MAX_SELECTOR_LENGTH} are allowed`,
    );
  }
  const reader = new SelectorReader(text);
  const matchers: Matcher[] = [];
  const metric = reader.takeMetricName();
  if (metric !== undefined) matchers.push(metricMatcher(metric));
  if (reader.take('{')) readBraces(reader, matchers);
  else if (metric === undefined) throw reader.expected('a metric name or {');
  if (!reader.isAtEnd()) throw reader.expected(metric === undefined ? 'the end' : '{ or the end');
  return matchers;
}

function readBraces(reader: SelectorReader, matchers: Matcher[]): void {
  while (!reader.take('}')) {
    matchers.push(readMatcher(reader, matchers));
    if (reader.take('}')) return;
    if (!reader.take(',')) throw reader.expected(', or }');
  }
}

function readMatcher(reader: SelectorReader, earlier: readonly Matcher[]): Matcher {
  const start = reader.position;
  const quoted = reader.takeText();
  const name = quoted ?? reader.takeLabelName();
  if (name === undefined) throw reader.expected('a label name or }');
  const operator = takeOperator(reader);
  if (operator === undefined) {
    if (quoted === undefined) throw reader.expected('=, !=, =~ or !~');
    if (earlier.some((matcher) => matcher.name === METRIC_NAME)) {
      throw new InvalidSelectorError(`the selector names its metric twice, again as '${name}'`, start);
    }
    return metricMatcher(name);
  }
  const at = reader.position;
  const value = reader.takeText();
  if (value === undefined) throw reader.expected('a value in quotes');
  return checkMatcher({ name, operator, value }, at);
}

/** A regular expression that is wrong is found here, where its place is known. */
function checkMatcher(matcher: Matcher, position: number): Matcher {
  try {
    compileMatcher(matcher);
    return matcher;
  } catch (error) {
    if (!(error instanceof InvalidSelectorError)) throw error;
    throw new InvalidSelectorError(error.message, position, { cause: error });
  }
}

function takeOperator(reader: SelectorReader): MatchOperator | undefined {
  // The longer ones first: each begins like a shorter one.
  for (const operator of ['=~', '!~', '!=', '='] as const) if (reader.take(operator)) return operator;
  return undefined;
}

function metricMatcher(value: string): Matcher {
  return { name: METRIC_NAME, operator: '=', value };
}
