import { RecurrenceError } from '../recurrence-error.ts';
import { checkRule } from './check-rule.ts';
import { parseCount, parseInterval, parseNumberList, parseOneOf, parseWeekdayList } from './parse-values.ts';
import { parseUntil } from './parse-until.ts';
import { FREQUENCIES, MAX_RULE_LENGTH, SKIPS, WEEKDAYS } from './recurrence-rule.ts';
import type { RecurrenceRule } from './recurrence-rule.ts';
import { NUMBER_LIST_PARTS } from './rule-parts.ts';
import type { NumberListPart, RulePart } from './rule-parts.ts';

const OTHER_PARTS = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST', 'BYDAY', 'RSCALE', 'SKIP'];
const PART_NAMES: ReadonlySet<string> = new Set([...OTHER_PARTS, ...Object.keys(NUMBER_LIST_PARTS)]);
/** Stands for every absent list: most rules lack most of them. */
const NONE: readonly never[] = Object.freeze([]);

/** The name of the property, which people copy along with its value. */
const PROPERTY = /^RRULE:/i;

/** What stands beside a rule in iCalendar, and is looked for in it. */
const OTHER_PROPERTY = /^(?:DTSTART|DTEND|DURATION|EXDATE|RDATE|EXRULE|RRULE|TZID)(?![A-Z])/;

/**
 * Parses the value of an RRULE property, such as `FREQ=WEEKLY;BYDAY=MO,WE` (RFC 5545 section 3.3.10, and
 * RSCALE and SKIP of RFC 7529 for the Gregorian calendar), also with `RRULE:` before it. Parts may come in any order
 * and any case. Throws a {@link RecurrenceError} that names the part, the value, its position and what is allowed.
 */
export function parseRule(text: string): RecurrenceRule {
  const parts = splitParts(text);
  const count = parts.get('COUNT');
  const until = parts.get('UNTIL');
  if (count !== undefined && until !== undefined) {
    const later = count.position > until.position ? count : until;
    throw new RecurrenceError('count_with_until', 'A rule has COUNT or UNTIL, not both.', {
      part: later.name,
      value: later.value,
      position: later.position,
      allowed: 'one of COUNT and UNTIL',
    });
  }
  const freq = parts.get('FREQ');
  if (freq === undefined) {
    throw new RecurrenceError(
      'missing_freq',
      `The rule lacks FREQ; it is one of ${FREQUENCIES.join(', ')}.`,
      {
        part: 'FREQ',
        allowed: FREQUENCIES.join(', '),
      },
    );
  }
  const list = (name: string): readonly number[] => {
    const part = parts.get(name);
    return part === undefined ? NONE : parseNumberList(part, NUMBER_LIST_PARTS[name] as NumberListPart);
  };
  const byDay = parts.get('BYDAY');
  const rscale = parts.get('RSCALE');
  const rule: RecurrenceRule = Object.freeze({
    freq: parseOneOf(freq, FREQUENCIES),
    interval: parseInterval(parts.get('INTERVAL')),
    bound: count === undefined ? parseUntil(until) : parseCount(count),
    weekStart: parseOneOf(parts.get('WKST'), WEEKDAYS),
    bySecond: list('BYSECOND'),
    byMinute: list('BYMINUTE'),
    byHour: list('BYHOUR'),
    byDay: byDay === undefined ? NONE : parseWeekdayList(byDay),
    byMonthDay: list('BYMONTHDAY'),
    byYearDay: list('BYYEARDAY'),
    byWeekNo: list('BYWEEKNO'),
    byMonth: list('BYMONTH'),
    bySetPos: list('BYSETPOS'),
    rscale: rscale === undefined ? undefined : parseOneOf(rscale, ['GREGORIAN'] as const),
    skip: parseOneOf(parts.get('SKIP'), SKIPS),
  });
  checkRule(rule, parts);
  return rule;
}

function splitParts(text: string): ReadonlyMap<string, RulePart> {
  if (text.length > MAX_RULE_LENGTH) {
    throw new RecurrenceError(
      'rule_too_long',
      `The rule has ${text.length} characters; at most ${MAX_RULE_LENGTH} are allowed.`,
      {
        value: `${text.length} characters`,
        position: MAX_RULE_LENGTH,
        allowed: `at most ${MAX_RULE_LENGTH} characters`,
      },
    );
  }
  const [property = ''] = PROPERTY.exec(text) ?? [];
  const value = text.slice(property.length);
  if (value === '') {
    throw new RecurrenceError('empty_rule', 'The rule is empty; it has at least FREQ, such as FREQ=DAILY.', {
      position: property.length,
      allowed: 'FREQ=… and further parts',
    });
  }
  const parts = new Map<string, RulePart>();
  let position = property.length;
  for (const piece of value.split(';')) {
    const part = splitPart(piece, position);
    if (parts.has(part.name)) {
      throw new RecurrenceError('duplicate_part', `${part.name} occurs twice; each part may occur once.`, {
        part: part.name,
        value: part.value,
        position,
        allowed: 'each part at most once',
      });
    }
    parts.set(part.name, part);
    position += piece.length + 1;
  }
  return parts;
}

function splitPart(piece: string, position: number): RulePart {
  const [other] = OTHER_PROPERTY.exec(piece.trimStart().toUpperCase()) ?? [];
  if (other !== undefined) throw standsBeside(other, piece, position);
  const equals = piece.indexOf('=');
  if (equals < 0) {
    throw new RecurrenceError('malformed_part', `"${clip(piece)}" is not of the form NAME=VALUE.`, {
      part: clip(piece),
      value: clip(piece),
      position,
      allowed: 'NAME=VALUE, separated by semicolons',
    });
  }
  const name = piece.slice(0, equals).toUpperCase();
  if (!PART_NAMES.has(name)) {
    throw new RecurrenceError(
      'unknown_part',
      `"${clip(name)}" is no part of a rule; the parts are ${[...PART_NAMES].join(', ')}.`,
      {
        part: clip(name),
        value: clip(piece.slice(equals + 1)),
        position,
        allowed: [...PART_NAMES].join(', '),
      },
    );
  }
  return { name, value: piece.slice(equals + 1).toUpperCase(), position: position + equals + 1 };
}

function standsBeside(name: string, piece: string, position: number): RecurrenceError {
  const allowed = [...PART_NAMES].join(', ');
  return new RecurrenceError(
    'unknown_part',
    `"${clip(piece)}": ${name} is no part of a rule but stands beside it; the parts are ${allowed}.`,
    { part: name, value: clip(piece), position, allowed },
  );
}

/** Keeps a hostile text from flooding the message that quotes it. */
function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
