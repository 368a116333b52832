import { dayNumber, daysInMonth, FIRST_YEAR, SECONDS_PER_DAY } from '../civil/civil-date.ts';
import { RecurrenceError } from '../recurrence-error.ts';
import type { RuleBound, Until } from './recurrence-rule.ts';
import type { RulePart } from './rule-parts.ts';

const DATE_OR_TIME = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/;
const NEVER: RuleBound = Object.freeze({ kind: 'never' });
const ALLOWED = 'a date 20270630, a local time 20270630T090000 or a UTC time 20270630T090000Z';

/** UNTIL, a DATE or DATE-TIME of RFC 5545 sections 3.3.4 and 3.3.5; absent means that the rule never ends. */
export function parseUntil(part: RulePart | undefined): RuleBound {
  if (part === undefined) {
    return NEVER;
  }
  const match = DATE_OR_TIME.exec(part.value);
  if (match === null) {
    throw refuse(part);
  }
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (year < FIRST_YEAR || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    throw refuse(part);
  }
  const midnight = dayNumber(year, month, day) * SECONDS_PER_DAY;
  if (match[4] === undefined) {
    return until('date', midnight);
  }
  if (hour > 23 || minute > 59 || second > 60) {
    throw refuse(part);
  }
  // Leap seconds are not on the civil time scale: second 60 stands for the second before it.
  const seconds = midnight + hour * 3600 + minute * 60 + Math.min(second, 59);
  return until(match[7] === 'Z' ? 'utc' : 'local', seconds);
}

function until(kind: Until['kind'], seconds: number): RuleBound {
  return Object.freeze({ kind: 'until', until: Object.freeze({ kind, seconds }) });
}

function refuse(part: RulePart): RecurrenceError {
  const value = part.value.slice(0, 40);
  return new RecurrenceError('invalid_value', `UNTIL cannot be "${value}"; allowed: ${ALLOWED}.`, {
    part: 'UNTIL',
    value,
    position: part.position,
    allowed: ALLOWED,
  });
}
