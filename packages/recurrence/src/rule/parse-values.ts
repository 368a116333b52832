import { RecurrenceError } from '../recurrence-error.ts';
import { MAX_INTEGER, MAX_LIST_VALUES, WEEKDAYS } from './recurrence-rule.ts';
import type { RuleBound, Weekday, WeekdayNumber } from './recurrence-rule.ts';
import { compareFromStart, describeRange } from './rule-parts.ts';
import type { NumberListPart, RulePart } from './rule-parts.ts';

const WEEKDAY_NUMBER = /^(?:([+-]?)(\d{1,2}))?(MO|TU|WE|TH|FR|SA|SU)$/;
const MAX_ORDINAL = 53;

/** The value of a part that is a word; an absent part has the first of the allowed ones. */
export function parseOneOf<T extends string>(part: RulePart | undefined, allowed: readonly [T, ...T[]]): T {
  if (part === undefined) {
    return allowed[0];
  }
  const found = allowed.find((word) => word === part.value);
  if (found === undefined) {
    throw invalid(part, part.value, part.position, allowed.join(', '));
  }
  return found;
}

export function parseInterval(part: RulePart | undefined): number {
  return part === undefined ? 1 : parsePositive(part);
}

export function parseCount(part: RulePart): RuleBound {
  return Object.freeze({ kind: 'count', count: parsePositive(part) });
}

export function parseNumberList(part: RulePart, spec: NumberListPart): readonly number[] {
  const form = new RegExp(`^${spec.signed ? '[+-]?' : ''}\\d{1,${spec.digits}}$`);
  const values = splitList(part).map(({ text, position }) => {
    if (!form.test(text)) {
      throw invalid(part, text, position, describeRange(spec));
    }
    const value = Number(text);
    if (Math.abs(value) < spec.least || Math.abs(value) > spec.most) {
      throw outOfRange(part, text, position, describeRange(spec));
    }
    return value;
  });
  return Object.freeze([...new Set(values)].sort(compareFromStart));
}

export function parseWeekdayList(part: RulePart): readonly WeekdayNumber[] {
  const found = new Map<string, WeekdayNumber>();
  for (const { text, position } of splitList(part)) {
    const match = WEEKDAY_NUMBER.exec(text);
    if (match === null) {
      throw invalid(
        part,
        text,
        position,
        `${WEEKDAYS.join(', ')}, each after an optional number such as 1 or -1`,
      );
    }
    const ordinal = match[2] === undefined ? 0 : Number(`${match[1] ?? ''}${match[2]}`);
    if (match[2] !== undefined && (ordinal === 0 || Math.abs(ordinal) > MAX_ORDINAL)) {
      throw outOfRange(
        part,
        text,
        position,
        `a number from 1 to ${MAX_ORDINAL} or -${MAX_ORDINAL} to -1 before the weekday`,
      );
    }
    const weekday = match[3] as Weekday;
    found.set(`${ordinal}${weekday}`, Object.freeze({ weekday, ordinal }));
  }
  const sorted = [...found.values()].sort(
    (a, b) =>
      compareFromStart(a.ordinal, b.ordinal) || WEEKDAYS.indexOf(a.weekday) - WEEKDAYS.indexOf(b.weekday),
  );
  return Object.freeze(sorted);
}

function parsePositive(part: RulePart): number {
  if (!/^\d{1,15}$/.test(part.value)) {
    throw invalid(part, part.value, part.position, `a number from 1 to ${MAX_INTEGER}`);
  }
  const value = Number(part.value);
  if (value < 1 || value > MAX_INTEGER) {
    throw outOfRange(part, part.value, part.position, `1 to ${MAX_INTEGER}`);
  }
  return value;
}

function splitList(part: RulePart): readonly { readonly text: string; readonly position: number }[] {
  if (part.value === '') {
    throw new RecurrenceError('empty_list', `${part.name} has no value; it needs at least one.`, {
      part: part.name,
      value: '',
      position: part.position,
      allowed: 'one or more values, separated by commas',
    });
  }
  const texts = part.value.split(',');
  if (texts.length > MAX_LIST_VALUES) {
    throw new RecurrenceError(
      'too_many_values',
      `${part.name} has ${texts.length} values; at most ${MAX_LIST_VALUES} are allowed.`,
      {
        part: part.name,
        value: `${texts.length} values`,
        position: part.position,
        allowed: `at most ${MAX_LIST_VALUES} values`,
      },
    );
  }
  let position = part.position;
  return texts.map((text) => {
    const item = { text, position };
    position += text.length + 1;
    return item;
  });
}

function invalid(part: RulePart, value: string, position: number, allowed: string): RecurrenceError {
  const shown = value.length > 40 ? `${value.slice(0, 40)}…` : value;
  return new RecurrenceError('invalid_value', `${part.name} cannot be "${shown}"; allowed: ${allowed}.`, {
    part: part.name,
    value: shown,
    position,
    allowed,
  });
}

function outOfRange(part: RulePart, value: string, position: number, allowed: string): RecurrenceError {
  return new RecurrenceError(
    'out_of_range',
    `${part.name} has ${value}, which is out of range; allowed: ${allowed}.`,
    {
      part: part.name,
      value,
      position,
      allowed,
    },
  );
}
