/** A metric as an expression asks for it: its name, and the whole selector. */
export interface Selector {
  readonly name: string;
  /** `up{job="checker"}` */
  readonly text: string;
}

/** What looks like a metric and is none. */
const WORDS = new Set(['and', 'or', 'unless', 'bool', 'offset', 'inf', 'nan', 'start', 'end', 'atan2']);

/** Clauses whose names in parentheses are labels. */
const CLAUSE = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g;
const RANGE = /\[[^\]]*\]/g;
const STRING = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`;

/** A name that is no number's exponent and no function's, with its matchers. */
const SELECTOR = new RegExp(
  String.raw`(?<![\w:.])(?<name>[a-zA-Z_:][\w:]*)(?!\s*\(|[\w:])\s*(?<matchers>\{(?:${STRING}|[^"'}])*\})?`,
  'g',
);

/**
 * Lists what an expression of PromQL asks for. It is no parser: Prometheus itself has accepted the expression, and it knows
 * what stands in dashboards and rules, which is less than the language has.
 */
export function listSelectors(expression: string): readonly Selector[] {
  const text = expression.replaceAll(/#.*$/gm, '').replaceAll(CLAUSE, ' ').replaceAll(RANGE, ' ');
  return Array.from(text.matchAll(SELECTOR), ({ groups }) => ({
    name: groups?.['name'] ?? '',
    text: `${groups?.['name']}${groups?.['matchers'] ?? ''}`,
  })).filter(({ name }) => !WORDS.has(name.toLowerCase()));
}
