import { RecurrenceError } from '../recurrence-error.ts';
import type { Frequency, RecurrenceRule } from './recurrence-rule.ts';
import type { RulePart } from './rule-parts.ts';

/** The parts that RFC 5545 section 3.3.10 marks N/A for a frequency. */
const NOT_ALLOWED: readonly (readonly [part: string, frequencies: readonly Frequency[]])[] = [
  ['BYWEEKNO', ['MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY', 'SECONDLY']],
  ['BYYEARDAY', ['MONTHLY', 'WEEKLY', 'DAILY']],
  ['BYMONTHDAY', ['WEEKLY']],
];

/** Refuses parts that are right by themselves and wrong together. */
export function checkRule(rule: RecurrenceRule, parts: ReadonlyMap<string, RulePart>): void {
  for (const [name, frequencies] of NOT_ALLOWED) {
    const part = parts.get(name);
    if (part !== undefined && frequencies.includes(rule.freq)) {
      throw notAllowed(part, `${name} cannot be used with FREQ=${rule.freq}`, `no ${name}, or another FREQ`);
    }
  }
  checkOrdinals(rule, parts.get('BYDAY'));
  const setPos = parts.get('BYSETPOS');
  if (
    setPos !== undefined &&
    ![...parts.keys()].some((name) => name.startsWith('BY') && name !== 'BYSETPOS')
  ) {
    throw notAllowed(
      setPos,
      'BYSETPOS picks from the set that another BY part makes, and there is none',
      'BYSETPOS beside another BY part',
    );
  }
  const skip = parts.get('SKIP');
  if (skip !== undefined && !parts.has('RSCALE')) {
    throw notAllowed(skip, 'SKIP needs RSCALE (RFC 7529 section 4.1)', 'RSCALE=GREGORIAN beside SKIP');
  }
}

function checkOrdinals(rule: RecurrenceRule, part: RulePart | undefined): void {
  if (part === undefined || rule.byDay.every((entry) => entry.ordinal === 0)) {
    return;
  }
  if (rule.freq !== 'MONTHLY' && rule.freq !== 'YEARLY') {
    throw notAllowed(
      part,
      `BYDAY with a number cannot be used with FREQ=${rule.freq}`,
      'weekdays without a number',
    );
  }
  if (rule.byWeekNo.length > 0) {
    throw notAllowed(part, 'BYDAY with a number cannot be used beside BYWEEKNO', 'weekdays without a number');
  }
}

function notAllowed(part: RulePart, why: string, allowed: string): RecurrenceError {
  return new RecurrenceError('part_not_allowed', `${why}; allowed: ${allowed}.`, {
    part: part.name,
    value: part.value.slice(0, 40),
    position: part.position,
    allowed,
  });
}
