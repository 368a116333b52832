/** One `NAME=VALUE` of a rule text, in upper case, with where its value begins. */
export interface RulePart {
  readonly name: string;
  readonly value: string;
  readonly position: number;
}

/** The rule parts whose value is a list of numbers, with what RFC 5545 section 3.3.10 allows in it. */
export interface NumberListPart {
  readonly field:
    | 'bySecond'
    | 'byMinute'
    | 'byHour'
    | 'byMonthDay'
    | 'byYearDay'
    | 'byWeekNo'
    | 'byMonth'
    | 'bySetPos';
  readonly least: number;
  readonly most: number;
  /** Whether -most to -1 is allowed too, counting from the end. */
  readonly signed: boolean;
  /** Digits that the grammar gives a value at most. */
  readonly digits: number;
}

export const NUMBER_LIST_PARTS: Readonly<Record<string, NumberListPart>> = {
  BYSECOND: { field: 'bySecond', least: 0, most: 60, signed: false, digits: 2 },
  BYMINUTE: { field: 'byMinute', least: 0, most: 59, signed: false, digits: 2 },
  BYHOUR: { field: 'byHour', least: 0, most: 23, signed: false, digits: 2 },
  BYMONTHDAY: { field: 'byMonthDay', least: 1, most: 31, signed: true, digits: 2 },
  BYYEARDAY: { field: 'byYearDay', least: 1, most: 366, signed: true, digits: 3 },
  BYWEEKNO: { field: 'byWeekNo', least: 1, most: 53, signed: true, digits: 2 },
  BYMONTH: { field: 'byMonth', least: 1, most: 12, signed: false, digits: 2 },
  BYSETPOS: { field: 'bySetPos', least: 1, most: 366, signed: true, digits: 3 },
};

export function describeRange(part: NumberListPart): string {
  return part.signed
    ? `${part.least} to ${part.most} or -${part.most} to -${part.least}`
    : `${part.least} to ${part.most}`;
}

/** 1, 2, 15, then -2, -1: from the start first, then from the end. */
export function compareFromStart(a: number, b: number): number {
  return Number(a < 0) - Number(b < 0) || a - b;
}
