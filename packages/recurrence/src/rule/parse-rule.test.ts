import { describe, expect, it } from 'vitest';
import { RecurrenceError } from '../recurrence-error.ts';
import { formatRule } from './format-rule.ts';
import { parseRule } from './parse-rule.ts';

function refusal(text: string): RecurrenceError {
  try {
    parseRule(text);
  } catch (error) {
    if (error instanceof RecurrenceError) {
      return error;
    }
    throw error;
  }
  throw new Error(`"${text}" was accepted`);
}

describe('parseRule', () => {
  it('should read every part', () => {
    const rule = parseRule(
      'FREQ=YEARLY;INTERVAL=2;COUNT=7;WKST=SU;BYMONTH=3,1;BYWEEKNO=-1,2;BYYEARDAY=+366;BYMONTHDAY=-1,31;BYDAY=FR,MO;BYHOUR=9;BYMINUTE=30,0;BYSECOND=60;BYSETPOS=-2,1;RSCALE=GREGORIAN;SKIP=FORWARD',
    );

    expect(rule).toEqual({
      freq: 'YEARLY',
      interval: 2,
      bound: { kind: 'count', count: 7 },
      weekStart: 'SU',
      byMonth: [1, 3],
      byWeekNo: [2, -1],
      byYearDay: [366],
      byMonthDay: [31, -1],
      byDay: [
        { weekday: 'MO', ordinal: 0 },
        { weekday: 'FR', ordinal: 0 },
      ],
      byHour: [9],
      byMinute: [0, 30],
      bySecond: [60],
      bySetPos: [1, -2],
      rscale: 'GREGORIAN',
      skip: 'FORWARD',
    });
    expect(Object.isFrozen(rule)).toBe(true);
    expect(Object.isFrozen(rule.byMonth)).toBe(true);
  });

  it('should take the name of the property before the value', () => {
    expect(formatRule(parseRule('rrule:FREQ=DAILY;COUNT=3'))).toBe('FREQ=DAILY;COUNT=3');
  });

  it('should say where to put what belongs beside a rule', () => {
    expect(refusal('DTSTART:20270101T090000Z').message).toMatch(
      /^"DTSTART:20270101T090000Z": DTSTART is no part of a rule but stands beside it; the parts are FREQ, /,
    );
  });

  it('should read UNTIL in its three forms', () => {
    expect(parseRule('FREQ=DAILY;UNTIL=19700102').bound).toEqual({
      kind: 'until',
      until: { kind: 'date', seconds: 86_400 },
    });
    expect(parseRule('FREQ=DAILY;UNTIL=19700101T010203').bound).toEqual({
      kind: 'until',
      until: { kind: 'local', seconds: 3723 },
    });
    expect(parseRule('FREQ=DAILY;UNTIL=19700101T235960Z').bound).toEqual({
      kind: 'until',
      until: { kind: 'utc', seconds: 86_399 },
    });
  });

  it('should take parts in any order and any case and print them in one', () => {
    const texts = ['byday=+1mo,-1SU;freq=monthly;interval=1', 'FREQ=MONTHLY;BYDAY=-1SU,1MO,1MO'];

    expect(texts.map((text) => formatRule(parseRule(text)))).toEqual([
      'FREQ=MONTHLY;BYDAY=1MO,-1SU',
      'FREQ=MONTHLY;BYDAY=1MO,-1SU',
    ]);
  });

  it.each([
    ['', 'empty_rule', undefined, 0],
    ['INTERVAL=2', 'missing_freq', 'FREQ', undefined],
    ['FREQ=DAILY;', 'malformed_part', '', 11],
    ['FREQ=DAILY;COUNT', 'malformed_part', 'COUNT', 11],
    ['FREQ=DAILY;BYEASTER=1', 'unknown_part', 'BYEASTER', 11],
    ['RRULE:', 'empty_rule', undefined, 6],
    ['RRULE:FREQ=DAILY;COUNT=0', 'out_of_range', 'COUNT', 23],
    ['RRULE:RRULE:FREQ=DAILY', 'unknown_part', 'RRULE', 6],
    ['EXRULE:FREQ=DAILY', 'unknown_part', 'EXRULE', 0],
    ['DTSTART=20270101T090000Z;FREQ=DAILY', 'unknown_part', 'DTSTART', 0],
    ['DTSTART;TZID=Europe/Berlin:20270101T090000\nRRULE:FREQ=DAILY', 'unknown_part', 'DTSTART', 0],
    ['FREQ=DAILY;EXDATE=20270101', 'unknown_part', 'EXDATE', 11],
    ['FREQ=DAILY\nEXDATE:20270101', 'invalid_value', 'FREQ', 5],
    ['FREQ=DAILY;FREQ=DAILY', 'duplicate_part', 'FREQ', 11],
    ['FREQ=FORTNIGHTLY', 'invalid_value', 'FREQ', 5],
    ['FREQ=DAILY;INTERVAL=0', 'out_of_range', 'INTERVAL', 20],
    ['FREQ=DAILY;INTERVAL=-1', 'invalid_value', 'INTERVAL', 20],
    ['FREQ=DAILY;COUNT=99999999999', 'out_of_range', 'COUNT', 17],
    ['FREQ=DAILY;COUNT=1;UNTIL=20270101', 'count_with_until', 'UNTIL', 25],
    ['FREQ=DAILY;UNTIL=20270229', 'invalid_value', 'UNTIL', 17],
    ['FREQ=DAILY;UNTIL=20270228T250000', 'invalid_value', 'UNTIL', 17],
    ['FREQ=DAILY;UNTIL=00000101', 'invalid_value', 'UNTIL', 17],
    ['FREQ=DAILY;BYMONTH=', 'empty_list', 'BYMONTH', 19],
    ['FREQ=DAILY;BYMONTH=1,,2', 'invalid_value', 'BYMONTH', 21],
    ['FREQ=DAILY;BYMONTH=1,13', 'out_of_range', 'BYMONTH', 21],
    ['FREQ=DAILY;BYMONTH=+1', 'invalid_value', 'BYMONTH', 19],
    ['FREQ=DAILY;BYMONTHDAY=0', 'out_of_range', 'BYMONTHDAY', 22],
    ['FREQ=DAILY;BYHOUR=009', 'invalid_value', 'BYHOUR', 18],
    ['FREQ=MONTHLY;BYDAY=0MO', 'out_of_range', 'BYDAY', 19],
    ['FREQ=MONTHLY;BYDAY=MO,54TU', 'out_of_range', 'BYDAY', 22],
    ['FREQ=MONTHLY;BYDAY=MON', 'invalid_value', 'BYDAY', 19],
    ['FREQ=WEEKLY;BYDAY=1MO', 'part_not_allowed', 'BYDAY', 18],
    ['FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO', 'part_not_allowed', 'BYDAY', 29],
    ['FREQ=MONTHLY;BYWEEKNO=1', 'part_not_allowed', 'BYWEEKNO', 22],
    ['FREQ=DAILY;BYYEARDAY=1', 'part_not_allowed', 'BYYEARDAY', 21],
    ['FREQ=WEEKLY;BYMONTHDAY=1', 'part_not_allowed', 'BYMONTHDAY', 23],
    ['FREQ=DAILY;BYSETPOS=1', 'part_not_allowed', 'BYSETPOS', 20],
    ['FREQ=DAILY;SKIP=FORWARD', 'part_not_allowed', 'SKIP', 16],
    ['FREQ=DAILY;RSCALE=HEBREW', 'invalid_value', 'RSCALE', 18],
    [`FREQ=DAILY;BYHOUR=${'1,'.repeat(3000)}1`, 'too_many_values', 'BYHOUR', 18],
    [`FREQ=DAILY;BYHOUR=${'1,'.repeat(9000)}1`, 'rule_too_long', undefined, 8192],
  ])('should refuse %s as %s and name the place', (text, code, part, position) => {
    const error = refusal(text);

    expect({ code: error.code, part: error.part, position: error.position }).toEqual({
      code,
      part,
      position,
    });
    expect(error.allowed).toBeTruthy();
    expect(error.message.length).toBeLessThan(400);
  });
});
