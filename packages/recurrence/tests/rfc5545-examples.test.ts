import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { createSeries, expand, parseRule } from '../src/index.ts';

/**
 * All examples of RFC 5545 section 3.8.5.3, in its order, with the results that it prints. A result is written
 * `year offset time: month days; month days`, where the offset is that of EDT (-04:00) or EST (-05:00).
 * `…` after the results says that the series goes on.
 */
interface Example {
  readonly title: string;
  readonly dtstart: string;
  readonly rules: readonly string[];
  readonly exdate?: string;
  readonly results: readonly string[];
  readonly goesOn?: boolean;
}

const EDT = '-04:00';
const EST = '-05:00';

const range = (from: number, to: number, step = 1): string =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step).join(',');

const twenties = ['00', '20', '40'];
const nineToFour = ['09', '10', '11', '12', '13', '14', '15', '16'].flatMap((hour) =>
  twenties.map((minute) => `${hour}:${minute}`),
);

const EXAMPLES: readonly Example[] = [
  {
    title: 'daily for 10 occurrences',
    dtstart: '1997-09-02T09:00',
    rules: ['FREQ=DAILY;COUNT=10'],
    results: [`1997 ${EDT} 09:00: 9 ${range(2, 11)}`],
  },
  {
    title: 'daily until December 24, 1997',
    dtstart: '1997-09-02T09:00',
    rules: ['FREQ=DAILY;UNTIL=19971224T000000Z'],
    results: [
      `1997 ${EDT} 09:00: 9 ${range(2, 30)}; 10 ${range(1, 25)}`,
      `1997 ${EST} 09:00: 10 ${range(26, 31)}; 11 ${range(1, 30)}; 12 ${range(1, 23)}`,
    ],
  },
  {
    title: 'every other day, forever',
    dtstart: '1997-09-02T09:00',
    rules: ['FREQ=DAILY;INTERVAL=2'],
    results: [
      `1997 ${EDT} 09:00: 9 ${range(2, 30, 2)}; 10 ${range(2, 24, 2)}`,
      `1997 ${EST} 09:00: 10 26,28,30; 11 ${range(1, 29, 2)}; 12 1,3`,
    ],
    goesOn: true,
  },
  {
    title: 'every 10 days, 5 occurrences',
    dtstart: '1997-09-02T09:00',
    rules: ['FREQ=DAILY;INTERVAL=10;COUNT=5'],
    results: [`1997 ${EDT} 09:00: 9 2,12,22; 10 2,12`],
  },
  {
    title: 'every day in January, for 3 years',
    dtstart: '1998-01-01T09:00',
    rules: [
      'FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA',
      'FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1',
    ],
    results: [1998, 1999, 2000].map((year) => `${year} ${EST} 09:00: 1 ${range(1, 31)}`),
  },
  {
    title: 'weekly for 10 occurrences',
    dtstart: '1997-09-02T09:00',
    rules: ['FREQ=WEEKLY;COUNT=10'],
    results: [`1997 ${EDT} 09:00: 9 2,9,16,23,30; 10 7,14,21`, `1997 ${EST} 09:00: 10 28; 11 4`],
  },
  {
    title: 'weekly until December 24, 1997',
    dtstart: '1997-09-02T09:00',
    rules: ['FREQ=WEEKLY;UNTIL=19971224T000000Z'],
    results: [
      `1997 ${EDT} 09:00: 9 2,9,16,23,30; 10 7,14,21`,
      `1997 ${EST} 09:00: 10 28; 11 4,11,18,25; 12 2,9,16,23`,
    ],
  },
  {
    title: 'every other week, forever',
    dtstart: '1997-09-02T09:00',
    rules: ['FREQ=WEEKLY;INTERVAL=2;WKST=SU'],
    results: [
      `1997 ${EDT} 09:00: 9 2,16,30; 10 14`,
      `1997 ${EST} 09:00: 10 28; 11 11,25; 12 9,23`,
      `1998 ${EST} 09:00: 1 6,20; 2 3,17`,
    ],
    goesOn: true,
  },
  {
    title: 'weekly on Tuesday and Thursday for five weeks',
    dtstart: '1997-09-02T09:00',
    rules: [
      'FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH',
      'FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH',
    ],
    results: [`1997 ${EDT} 09:00: 9 2,4,9,11,16,18,23,25,30; 10 2`],
  },
  {
    title: 'every other week on Monday, Wednesday and Friday until December 24, 1997',
    dtstart: '1997-09-01T09:00',
    rules: ['FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR'],
    results: [
      `1997 ${EDT} 09:00: 9 1,3,5,15,17,19,29; 10 1,3,13,15,17`,
      `1997 ${EST} 09:00: 10 27,29,31; 11 10,12,14,24,26,28; 12 8,10,12,22`,
    ],
  },
  {
    title: 'every other week on Tuesday and Thursday, for 8 occurrences',
    dtstart: '1997-09-02T09:00',
    rules: ['FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH'],
    results: [`1997 ${EDT} 09:00: 9 2,4,16,18,30; 10 2,14,16`],
  },
  {
    title: 'monthly on the first Friday for 10 occurrences',
    dtstart: '1997-09-05T09:00',
    rules: ['FREQ=MONTHLY;COUNT=10;BYDAY=1FR'],
    results: [
      `1997 ${EDT} 09:00: 9 5; 10 3`,
      `1997 ${EST} 09:00: 11 7; 12 5`,
      `1998 ${EST} 09:00: 1 2; 2 6; 3 6; 4 3`,
      `1998 ${EDT} 09:00: 5 1; 6 5`,
    ],
  },
  {
    title: 'monthly on the first Friday until December 24, 1997',
    dtstart: '1997-09-05T09:00',
    rules: ['FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR'],
    results: [`1997 ${EDT} 09:00: 9 5; 10 3`, `1997 ${EST} 09:00: 11 7; 12 5`],
  },
  {
    title: 'every other month on the first and last Sunday for 10 occurrences',
    dtstart: '1997-09-07T09:00',
    rules: ['FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU'],
    results: [
      `1997 ${EDT} 09:00: 9 7,28`,
      `1997 ${EST} 09:00: 11 2,30`,
      `1998 ${EST} 09:00: 1 4,25; 3 1,29`,
      `1998 ${EDT} 09:00: 5 3,31`,
    ],
  },
  {
    title: 'monthly on the second-to-last Monday for 6 months',
    dtstart: '1997-09-22T09:00',
    rules: ['FREQ=MONTHLY;COUNT=6;BYDAY=-2MO'],
    results: [
      `1997 ${EDT} 09:00: 9 22; 10 20`,
      `1997 ${EST} 09:00: 11 17; 12 22`,
      `1998 ${EST} 09:00: 1 19; 2 16`,
    ],
  },
  {
    title: 'monthly on the third-to-the-last day, forever',
    dtstart: '1997-09-28T09:00',
    rules: ['FREQ=MONTHLY;BYMONTHDAY=-3'],
    results: [
      `1997 ${EDT} 09:00: 9 28`,
      `1997 ${EST} 09:00: 10 29; 11 28; 12 29`,
      `1998 ${EST} 09:00: 1 29; 2 26`,
    ],
    goesOn: true,
  },
  {
    title: 'monthly on the 2nd and 15th for 10 occurrences',
    dtstart: '1997-09-02T09:00',
    rules: ['FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15'],
    results: [
      `1997 ${EDT} 09:00: 9 2,15; 10 2,15`,
      `1997 ${EST} 09:00: 11 2,15; 12 2,15`,
      `1998 ${EST} 09:00: 1 2,15`,
    ],
  },
  {
    title: 'monthly on the first and last day for 10 occurrences',
    dtstart: '1997-09-30T09:00',
    rules: ['FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1'],
    results: [
      `1997 ${EDT} 09:00: 9 30; 10 1`,
      `1997 ${EST} 09:00: 10 31; 11 1,30; 12 1,31`,
      `1998 ${EST} 09:00: 1 1,31; 2 1`,
    ],
  },
  {
    title: 'every 18 months on the 10th thru 15th for 10 occurrences',
    dtstart: '1997-09-10T09:00',
    rules: ['FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15'],
    results: [`1997 ${EDT} 09:00: 9 ${range(10, 15)}`, `1999 ${EST} 09:00: 3 ${range(10, 13)}`],
  },
  {
    title: 'every Tuesday, every other month',
    dtstart: '1997-09-02T09:00',
    rules: ['FREQ=MONTHLY;INTERVAL=2;BYDAY=TU'],
    results: [
      `1997 ${EDT} 09:00: 9 2,9,16,23,30`,
      `1997 ${EST} 09:00: 11 4,11,18,25`,
      `1998 ${EST} 09:00: 1 6,13,20,27; 3 3,10,17,24,31`,
    ],
    goesOn: true,
  },
  {
    title: 'yearly in June and July for 10 occurrences',
    dtstart: '1997-06-10T09:00',
    rules: ['FREQ=YEARLY;COUNT=10;BYMONTH=6,7'],
    results: [1997, 1998, 1999, 2000, 2001].map((year) => `${year} ${EDT} 09:00: 6 10; 7 10`),
  },
  {
    title: 'every other year on January, February and March for 10 occurrences',
    dtstart: '1997-03-10T09:00',
    rules: ['FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3'],
    results: [
      `1997 ${EST} 09:00: 3 10`,
      ...[1999, 2001, 2003].map((year) => `${year} ${EST} 09:00: 1 10; 2 10; 3 10`),
    ],
  },
  {
    title: 'every third year on the 1st, 100th and 200th day for 10 occurrences',
    dtstart: '1997-01-01T09:00',
    rules: ['FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200'],
    results: [
      `1997 ${EST} 09:00: 1 1`,
      `1997 ${EDT} 09:00: 4 10; 7 19`,
      `2000 ${EST} 09:00: 1 1`,
      `2000 ${EDT} 09:00: 4 9; 7 18`,
      `2003 ${EST} 09:00: 1 1`,
      `2003 ${EDT} 09:00: 4 10; 7 19`,
      `2006 ${EST} 09:00: 1 1`,
    ],
  },
  {
    title: 'every 20th Monday of the year, forever',
    dtstart: '1997-05-19T09:00',
    rules: ['FREQ=YEARLY;BYDAY=20MO'],
    results: [`1997 ${EDT} 09:00: 5 19`, `1998 ${EDT} 09:00: 5 18`, `1999 ${EDT} 09:00: 5 17`],
    goesOn: true,
  },
  {
    title: 'Monday of week number 20, forever',
    dtstart: '1997-05-12T09:00',
    rules: ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO'],
    results: [`1997 ${EDT} 09:00: 5 12`, `1998 ${EDT} 09:00: 5 11`, `1999 ${EDT} 09:00: 5 17`],
    goesOn: true,
  },
  {
    title: 'every Thursday in March, forever',
    dtstart: '1997-03-13T09:00',
    rules: ['FREQ=YEARLY;BYMONTH=3;BYDAY=TH'],
    results: [
      `1997 ${EST} 09:00: 3 13,20,27`,
      `1998 ${EST} 09:00: 3 5,12,19,26`,
      `1999 ${EST} 09:00: 3 4,11,18,25`,
    ],
    goesOn: true,
  },
  {
    title: 'every Thursday, but only during June, July and August, forever',
    dtstart: '1997-06-05T09:00',
    rules: ['FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8'],
    results: [
      `1997 ${EDT} 09:00: 6 5,12,19,26; 7 3,10,17,24,31; 8 7,14,21,28`,
      `1998 ${EDT} 09:00: 6 4,11,18,25; 7 2,9,16,23,30; 8 6,13,20,27`,
      `1999 ${EDT} 09:00: 6 3,10,17,24; 7 1,8,15,22,29; 8 5,12,19,26`,
    ],
    goesOn: true,
  },
  {
    title: 'every Friday the 13th, forever',
    dtstart: '1997-09-02T09:00',
    exdate: '1997-09-02T09:00',
    rules: ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13'],
    results: [`1998 ${EST} 09:00: 2 13; 3 13; 11 13`, `1999 ${EDT} 09:00: 8 13`, `2000 ${EDT} 09:00: 10 13`],
    goesOn: true,
  },
  {
    title: 'the first Saturday that follows the first Sunday of the month, forever',
    dtstart: '1997-09-13T09:00',
    rules: ['FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13'],
    results: [
      `1997 ${EDT} 09:00: 9 13; 10 11`,
      `1997 ${EST} 09:00: 11 8; 12 13`,
      `1998 ${EST} 09:00: 1 10; 2 7; 3 7`,
      `1998 ${EDT} 09:00: 4 11; 5 9; 6 13`,
    ],
    goesOn: true,
  },
  {
    title: 'every 4 years, the first Tuesday after a Monday in November, forever',
    dtstart: '1996-11-05T09:00',
    rules: ['FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8'],
    results: [`1996 ${EST} 09:00: 11 5`, `2000 ${EST} 09:00: 11 7`, `2004 ${EST} 09:00: 11 2`],
    goesOn: true,
  },
  {
    title: 'the third instance into the month of one of Tuesday, Wednesday or Thursday, for 3 months',
    dtstart: '1997-09-04T09:00',
    rules: ['FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3'],
    results: [`1997 ${EDT} 09:00: 9 4; 10 7`, `1997 ${EST} 09:00: 11 6`],
  },
  {
    title: 'the second-to-last weekday of the month',
    dtstart: '1997-09-29T09:00',
    rules: ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2'],
    results: [
      `1997 ${EDT} 09:00: 9 29`,
      `1997 ${EST} 09:00: 10 30; 11 27; 12 30`,
      `1998 ${EST} 09:00: 1 29; 2 26; 3 30`,
    ],
    goesOn: true,
  },
  {
    title: 'every 3 hours from 9:00 AM to 5:00 PM on a specific day (UNTIL as erratum 3883 corrects it)',
    dtstart: '1997-09-02T09:00',
    rules: ['FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z'],
    results: [`1997 ${EDT} 09:00,12:00,15:00: 9 2`],
  },
  {
    title: 'every 15 minutes for 6 occurrences',
    dtstart: '1997-09-02T09:00',
    rules: ['FREQ=MINUTELY;INTERVAL=15;COUNT=6'],
    results: [`1997 ${EDT} 09:00,09:15,09:30,09:45,10:00,10:15: 9 2`],
  },
  {
    title: 'every hour and a half for 4 occurrences',
    dtstart: '1997-09-02T09:00',
    rules: ['FREQ=MINUTELY;INTERVAL=90;COUNT=4'],
    results: [`1997 ${EDT} 09:00,10:30,12:00,13:30: 9 2`],
  },
  {
    title: 'every 20 minutes from 9:00 AM to 4:40 PM every day',
    dtstart: '1997-09-02T09:00',
    rules: [
      'FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40',
      'FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16',
    ],
    results: [`1997 ${EDT} ${nineToFour.join(',')}: 9 2`, `1997 ${EDT} ${nineToFour.join(',')}: 9 3`],
    goesOn: true,
  },
  {
    title: 'an example where the days generated make a difference because of WKST: MO',
    dtstart: '1997-08-05T09:00',
    rules: ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO'],
    results: [`1997 ${EDT} 09:00: 8 5,10,19,24`],
  },
  {
    title: 'an example where the days generated make a difference because of WKST: SU',
    dtstart: '1997-08-05T09:00',
    rules: ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU'],
    results: [`1997 ${EDT} 09:00: 8 5,17,19,31`],
  },
  {
    title: 'an example where an invalid date (February 30) is ignored',
    dtstart: '2007-01-15T09:00',
    rules: ['FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5'],
    results: [`2007 ${EST} 09:00: 1 15,30; 2 15`, `2007 ${EDT} 09:00: 3 15,30`],
  },
];

describe('the examples of RFC 5545 section 3.8.5.3', () => {
  it.each(EXAMPLES.flatMap((example) => example.rules.map((rule) => ({ ...example, rule }))))(
    'should print as the RFC does: $title ($rule)',
    ({ dtstart, rule, exdate, results, goesOn = false }) => {
      const series = createSeries({
        dtstart: Temporal.PlainDateTime.from(dtstart),
        timeZone: 'America/New_York',
        rule: parseRule(rule),
        exdates: exdate === undefined ? [] : [Temporal.PlainDateTime.from(exdate)],
      });
      const expected = results.flatMap(readResult);

      const printed: string[] = [];
      for (const { start } of expand(series)) {
        printed.push(start.toString({ timeZoneName: 'never', smallestUnit: 'minute' }));
        if (printed.length > expected.length) {
          break;
        }
      }

      expect(printed.slice(0, expected.length)).toEqual(expected);
      expect(printed.length > expected.length).toBe(goesOn);
    },
  );
});

/** `1997 -04:00 09:00: 9 2,9; 10 7` as the starts that it stands for. */
function readResult(text: string): readonly string[] {
  const match = /^(\d{4}) ([+-]\d\d:\d\d) ([\d:,]+): (.*)$/.exec(text);
  const [, year, offset, times, months] = match ?? [];
  const pad = (value: string): string => value.padStart(2, '0');
  return (months ?? '').split('; ').flatMap((month) => {
    const [number = '', days = ''] = month.split(' ');
    return days
      .split(',')
      .flatMap((day) =>
        (times ?? '').split(',').map((time) => `${year}-${pad(number)}-${pad(day)}T${time}${offset}`),
      );
  });
}
