import { describe, expect, it } from 'vitest';
import { parseRule } from '../rule/parse-rule.ts';
import { describeRule } from './describe-rule.ts';

describe('describeRule', () => {
  it.each([
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270630', 'every second Tuesday until 30 June 2027'],
    ['FREQ=DAILY', 'every day'],
    ['FREQ=DAILY;COUNT=1', 'every day, once'],
    ['FREQ=SECONDLY;INTERVAL=2', 'every 2 seconds'],
    ['FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=10', 'every week on Monday, Wednesday and Friday, 10 times'],
    [
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU',
      'every second week on Tuesday and Sunday, with weeks that start on Sunday',
    ],
    ['FREQ=MONTHLY;BYDAY=1MO,-1FR', 'every month on the 1st Monday and the last Friday of the month'],
    ['FREQ=MONTHLY;BYMONTHDAY=1,-1', 'every month on the 1st and last day of the month'],
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', 'every month on the 13th day of the month if that is Friday'],
    [
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
      'every month on Monday, Tuesday, Wednesday, Thursday and Friday, but only the last of these in each month',
    ],
    ['FREQ=YEARLY;BYDAY=20MO', 'every year on the 20th Monday of the year'],
    ['FREQ=YEARLY;BYWEEKNO=20,-1;BYDAY=MO', 'every year in the 20th and last week of the year on Monday'],
    [
      'FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3',
      'every 4 years on the 2nd and 3rd day of the month if that is Tuesday in November',
    ],
    ['FREQ=YEARLY;BYYEARDAY=1,100,-2', 'every year on the 1st, 100th and 2nd to last day of the year'],
    ['FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0,30', 'every day at 09:00, 09:30, 17:00 and 17:30'],
    ['FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10', 'every 20 minutes in hours 9 and 10'],
    ['FREQ=DAILY;UNTIL=20270630T090000Z', 'every day until 30 June 2027 at 09:00 UTC'],
    [
      'FREQ=MONTHLY;BYMONTHDAY=31;RSCALE=GREGORIAN;SKIP=BACKWARD',
      'every month on the 31st day of the month, a date that does not exist moving to the day before',
    ],
  ])('should say %s in English', (text, words) => {
    expect(describeRule(parseRule(text), 'en')).toBe(words);
  });

  it.each([
    [
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270630',
      'каждый второй вторник до 30 июня 2027 года включительно',
    ],
    ['FREQ=WEEKLY;BYDAY=WE', 'каждую среду'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=SU', 'каждое второе воскресенье'],
    ['FREQ=DAILY;COUNT=21', 'каждый день, всего 21 раз'],
    ['FREQ=DAILY;COUNT=22', 'каждый день, всего 22 раза'],
    ['FREQ=DAILY;COUNT=11', 'каждый день, всего 11 раз'],
    ['FREQ=YEARLY;INTERVAL=5', 'раз в 5 лет'],
    ['FREQ=YEARLY;INTERVAL=3', 'раз в 3 года'],
    ['FREQ=WEEKLY;INTERVAL=21', 'раз в 21 неделю'],
    ['FREQ=MINUTELY;INTERVAL=12', 'раз в 12 минут'],
    ['FREQ=WEEKLY;BYDAY=MO,WE,FR', 'каждую неделю по понедельникам, средам и пятницам'],
    ['FREQ=MONTHLY;BYDAY=2TU,-1FR', 'каждый месяц в 2-й вторник и в последнюю пятницу месяца'],
    [
      'FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=13',
      'каждый месяц в 13-й день месяца, если день приходится на понедельник',
    ],
    ['FREQ=YEARLY;BYWEEKNO=20,-1', 'каждый год на 20-й и последней неделе года'],
    ['FREQ=YEARLY;BYMONTH=1,3', 'каждый год в январе и марте'],
    [
      'FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1,-2',
      'каждый месяц по понедельникам и вторникам, но за каждый месяц только 1-е и 2-е с конца из этих событий',
    ],
    [
      'FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,SU;WKST=TU',
      'раз в 3 недели по вторникам и воскресеньям, неделя начинается во вторник',
    ],
    ['FREQ=DAILY;UNTIL=20270630T090000Z', 'каждый день до 30 июня 2027 года, 09:00 UTC, включительно'],
    [
      'FREQ=MONTHLY;BYMONTHDAY=31;RSCALE=GREGORIAN;SKIP=FORWARD',
      'каждый месяц в 31-й день месяца, несуществующая дата переносится на следующий день',
    ],
  ])('should say %s in Russian', (text, words) => {
    expect(describeRule(parseRule(text), 'ru')).toBe(words);
  });
});
