import { createSeries, expand, formatRule, parseRule, StepBudget } from '@daywatch/recurrence';
import { Temporal } from 'temporal-polyfill';
import type { Event as CalendarEvent } from '../../../api/generated.ts';
import { inZone } from '../../../time/span.ts';

/** More than what the API accepts takes; the usual budget is for what nobody has looked at yet. */
const STEPS = 2_000_000;

/**
 * The rule of the part of a series that begins with an occurrence. The API divides COUNT where a change says no rule,
 * and takes one that is said as it is: what is left of COUNT is for the page to say then.
 */
export function keepRest(series: CalendarEvent, recurrenceId: string): string {
  const rrule = series.recurrence?.rrule ?? '';
  if (!rrule.includes('COUNT=')) return rrule;
  const rule = parseRule(rrule);
  if (rule.bound.kind !== 'count') return rrule;
  const timeZone = series.time_zone;
  const dtstart = series.all_day
    ? Temporal.PlainDate.from(series.start)
    : inZone(Date.parse(series.start), timeZone);
  let before = 0;
  let isOfRule = false;
  for (const { recurrenceId: id } of expand(
    createSeries({ dtstart, timeZone, rule }),
    {},
    new StepBudget(STEPS),
  )) {
    // UTC instants, or dates: their order as texts is that of time.
    isOfRule = id === recurrenceId;
    if (id >= recurrenceId) break;
    before += 1;
  }
  // A date that was added to the rule becomes the start of the part, and every start counts.
  const count = rule.bound.count - before + (isOfRule ? 0 : 1);
  return formatRule({ ...rule, bound: { kind: 'count', count } });
}
