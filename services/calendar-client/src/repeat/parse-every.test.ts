import { describeRule, parseRule } from '@daywatch/recurrence';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { UnclearTime } from '../time/unclear-time.ts';
import { parseEvery, parseOn } from './parse-every.ts';
import { firstDayOf, toRule } from './rhythm.ts';

/** A Wednesday. */
const TODAY = Temporal.PlainDate.from('2026-11-18');

function ruleOf(text: string): string {
  const { rhythm, end } = parseEvery(text, TODAY);
  const rule = toRule(rhythm, TODAY);
  if (end === undefined) return rule;
  return end.kind === 'times' ? `${rule} ×${end.times}` : `${rule} →${end.date.toString()}`;
}

describe('parseEvery', () => {
  it.each([
    ['day', 'FREQ=DAILY'],
    ['daily', 'FREQ=DAILY'],
    ['other day', 'FREQ=DAILY;INTERVAL=2'],
    ['3 days', 'FREQ=DAILY;INTERVAL=3'],
    ['weekday', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
    ['weekend', 'FREQ=WEEKLY;BYDAY=SA,SU'],
    ['week', 'FREQ=WEEKLY'],
    ['every week', 'FREQ=WEEKLY'],
    ['wednesday', 'FREQ=WEEKLY'],
    ['tue', 'FREQ=WEEKLY;BYDAY=TU'],
    ['tuesdays', 'FREQ=WEEKLY;BYDAY=TU'],
    ['tue,thu', 'FREQ=WEEKLY;BYDAY=TU,TH'],
    ['mon, wed and fri', 'FREQ=WEEKLY;BYDAY=MO,WE,FR'],
    ['2 weeks', 'FREQ=WEEKLY;INTERVAL=2'],
    ['fortnight', 'FREQ=WEEKLY;INTERVAL=2'],
    ['second week on tue and thu', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH'],
    ['month', 'FREQ=MONTHLY'],
    ['month on the 18th', 'FREQ=MONTHLY'],
    ['month on the 15th', 'FREQ=MONTHLY;BYMONTHDAY=15'],
    ['month on 1 and 15', 'FREQ=MONTHLY;BYMONTHDAY=1,15'],
    ['month on the last day', 'FREQ=MONTHLY;BYMONTHDAY=-1'],
    ['last day of the month', 'FREQ=MONTHLY;BYMONTHDAY=-1'],
    ['last friday', 'FREQ=MONTHLY;BYDAY=-1FR'],
    ['first monday of the month', 'FREQ=MONTHLY;BYDAY=1MO'],
    ['second tuesday of each month', 'FREQ=MONTHLY;BYDAY=2TU'],
    ['month on the second tuesday', 'FREQ=MONTHLY;BYDAY=2TU'],
    ['3 months on the first mon and the last fri', 'FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO,-1FR'],
    ['year', 'FREQ=YEARLY'],
    ['2 years', 'FREQ=YEARLY;INTERVAL=2'],
    ['day 10 times', 'FREQ=DAILY ×10'],
    ['week for 5 times', 'FREQ=WEEKLY ×5'],
    ['month on 15 10 times', 'FREQ=MONTHLY;BYMONTHDAY=15 ×10'],
    ['week until 30 jun', 'FREQ=WEEKLY →2027-06-30'],
    ['weekday until 2027-03-01', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR →2027-03-01'],
    ['week until june', 'FREQ=WEEKLY →2027-06-30'],
    ['day until december', 'FREQ=DAILY →2026-12-31'],
    ['day until november', 'FREQ=DAILY →2026-11-30'],
    ['week until february 2028', 'FREQ=WEEKLY →2028-02-29'],
    ['week until 2027-02', 'FREQ=WEEKLY →2027-02-28'],
    ['tue until june on thu', undefined],
  ])('should read %s', (text, expected) => {
    if (expected === undefined) expect(() => ruleOf(text)).toThrow(UnclearTime);
    else expect(ruleOf(text)).toBe(expected);
  });

  it.each([
    ['2 hours', 'hours are too often here'],
    ['second tuesday', 'this may be every 2 weeks or once a month'],
    ['mnth', "did you mean 'month'?"],
    ['tue on thu', 'its days are said twice'],
    ['year on mon', 'every year is on the day of its beginning'],
    ['month on tue', 'which one of the month?'],
    ['week on the 15th', 'days of a month belong to every month, not to every week'],
    ['tue 15th', 'days of a month belong to every month, not to every week'],
    ['1st and tue', 'days of a month belong to every month, not to every week'],
    ['tue and first mon', 'days of a month belong to every month, not to every week'],
    ['first tue and 15th', 'take either days of the month by number or weekdays of it'],
    ['month on the last', 'the last what?'],
    ['month on 32', "'32' is not understood here"],
    ['week until', 'until which day?'],
    ['week until friday 10 times', "'10' is not understood here"],
    ['0 weeks', "'0' is not understood here"],
    ['1001 weeks', '1001 is too many; allowed are 1 to 1000'],
    ['day 0 times', "'0' is not understood here"],
    ['', 'something is missing here'],
  ])('should say what is wrong with %j, and what is understood', (text, reason) => {
    expect(() => ruleOf(text)).toThrow(reason);
    expect(() => ruleOf(text)).toThrow('understood are: day, weekday, week,');
  });

  it('should never throw anything but UnclearTime, and make a rule of all that it reads', () => {
    const word = fc.constantFrom(
      ...'day week month year weekday tue thursdays first second last 15th 31 2 1000 0 other on until times june and of the every 2027-06-30 , for'.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof({ arbitrary: word, weight: 9 }, { arbitrary: fc.string({ maxLength: 8 }), weight: 1 }),
          { maxLength: 7 },
        ),
        (words) => {
          try {
            const { rhythm } = parseEvery(words.join(' '), TODAY);
            const first = firstDayOf(rhythm, TODAY);
            expect(describeRule(parseRule(toRule(rhythm, first)), 'en')).toMatch(/^every /);
          } catch (error) {
            if (!(error instanceof UnclearTime)) throw error;
          }
        },
      ),
      { numRuns: 5_000 },
    );
  });
});

describe('parseOn', () => {
  it('should add days to a rhythm that has none', () => {
    const { rhythm } = parseEvery('2 weeks', TODAY);
    expect(toRule(parseOn('tue,thu', rhythm), TODAY)).toBe('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH');
    expect(() => parseOn('tue', parseEvery('tue', TODAY).rhythm)).toThrow('its days are said twice');
    expect(() => parseOn('tue 5 times', rhythm)).toThrow("'5' is not understood here");
  });
});

describe('firstDayOf', () => {
  it.each([
    ['day', '2026-11-18'],
    ['wed', '2026-11-18'],
    ['tue', '2026-11-24'],
    ['weekend', '2026-11-21'],
    ['month on the 15th', '2026-12-15'],
    ['month on the last day', '2026-11-30'],
    ['month on 31', '2026-12-31'],
    ['first monday', '2026-12-07'],
    ['last friday', '2026-11-27'],
    ['month on the fifth sunday', '2026-11-29'],
  ])('should find the first day of every %s', (text, expected) => {
    expect(firstDayOf(parseEvery(text, TODAY).rhythm, TODAY).toString()).toBe(expected);
  });
});
