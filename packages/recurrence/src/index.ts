export { RecurrenceError } from './recurrence-error.ts';
export type { RecurrenceErrorCode, RecurrenceErrorDetail } from './recurrence-error.ts';
export { DEFAULT_STEP_BUDGET, StepBudget } from './step-budget.ts';
export type { BudgetOption } from './step-budget.ts';
export {
  FREQUENCIES,
  MAX_INTEGER,
  MAX_LIST_VALUES,
  MAX_RULE_LENGTH,
  SKIPS,
  WEEKDAYS,
} from './rule/recurrence-rule.ts';
export type {
  Frequency,
  RecurrenceRule,
  RuleBound,
  Skip,
  Until,
  Weekday,
  WeekdayNumber,
} from './rule/recurrence-rule.ts';
export { parseRule } from './rule/parse-rule.ts';
export { formatRule } from './rule/format-rule.ts';
export { createSeries, isBounded, MAX_DATES } from './series.ts';
export type { DateValue, RecurrenceSeries, SeriesInit } from './series.ts';
export { Occurrence } from './occurrence.ts';
export { expand } from './expand-series.ts';
export type { TimeWindow } from './expand-series.ts';
export { first, last, next } from './find-occurrence.ts';
export { countUpTo } from './count-occurrences.ts';
export type { OccurrenceCount } from './count-occurrences.ts';
export { describeRule, LOCALES } from './describe/describe-rule.ts';
export type { Locale } from './describe/describe-rule.ts';
export { zoneOffsets } from './zone/zone-offsets.ts';
export type { Stretch, ZoneOffsets } from './zone/zone-offsets.ts';
