/** Stable codes of everything that this package refuses. */
export type RecurrenceErrorCode =
  | 'rule_too_long'
  | 'empty_rule'
  | 'malformed_part'
  | 'unknown_part'
  | 'duplicate_part'
  | 'missing_freq'
  | 'invalid_value'
  | 'empty_list'
  | 'too_many_values'
  | 'out_of_range'
  | 'count_with_until'
  | 'part_not_allowed'
  | 'until_mismatch'
  | 'invalid_dtstart'
  | 'invalid_time_zone'
  | 'invalid_date'
  | 'budget_exceeded';

/** Where a rule text is wrong, and what would be right. */
export interface RecurrenceErrorDetail {
  /** The rule part (`BYDAY`) or the series' field (`dtstart`) at fault. */
  readonly part?: string;
  /** What was found there. */
  readonly value?: string;
  /** Zero-based index into the rule text; absent where the fault is not in a text. */
  readonly position?: number;
  /** What is allowed instead, in words. */
  readonly allowed?: string;
}

/** Every refusal of this package: `code` is for programs, `message` names the part, the value and what is allowed. */
export class RecurrenceError extends Error {
  override readonly name = 'RecurrenceError';
  readonly code: RecurrenceErrorCode;
  readonly part: string | undefined;
  readonly value: string | undefined;
  readonly position: number | undefined;
  readonly allowed: string | undefined;

  constructor(code: RecurrenceErrorCode, message: string, detail: RecurrenceErrorDetail = {}) {
    super(message);
    this.code = code;
    this.part = detail.part;
    this.value = detail.value;
    this.position = detail.position;
    this.allowed = detail.allowed;
  }
}
