export type MatchOperator = '=' | '!=' | '=~' | '!~';

/**
 * A condition on one label, as in Prometheus. A label that a series does not have counts as an empty text.
 * Regular expressions have RE2 syntax, match the whole value and take time linear in it.
 */
export interface Matcher {
  /** `__name__` for the metric. */
  readonly name: string;
  readonly operator: MatchOperator;
  readonly value: string;
}
