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
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', 'every month on the 13th day of the month, if that is a Friday'],
    [
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
      'every month on every Monday, every Tuesday, every Wednesday, every Thursday and every Friday, but only the last of these each month',
    ],
    ['FREQ=YEARLY;BYDAY=20MO', 'every year on the 20th Monday of the year'],
    ['FREQ=YEARLY;BYWEEKNO=20,-1;BYDAY=MO', 'every year in the 20th and last week of the year on Monday'],
    [
      'FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3',
      'every 4 years on the 2nd and 3rd day of November, if that is a Tuesday',
    ],
    ['FREQ=YEARLY;BYYEARDAY=1,100,-2', 'every year on the 1st, 100th and 2nd to last day of the year'],
    ['FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0,30', 'every day at 09:00, 09:30, 17:00 and 17:30'],
    ['FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10', 'every 20 minutes in the hours beginning at 09:00 and 10:00'],
    ['FREQ=DAILY;BYHOUR=9', 'every day in the hour beginning at 09:00'],
    ['FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO', 'every year on the last Monday of May'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', 'every year on the 29th day of February'],
    [
      'FREQ=MONTHLY;BYDAY=MO,2TU;BYMONTH=5',
      'every month on every Monday and the 2nd Tuesday of the month in May',
    ],
    ['FREQ=MONTHLY;INTERVAL=17;BYDAY=SU', 'every 17 months on every Sunday'],
    [
      'FREQ=YEARLY;BYMONTHDAY=13;BYDAY=2FR',
      'every year on the 13th day of the month, if that is the 2nd Friday of the year',
    ],
    [
      'FREQ=DAILY;BYMONTHDAY=26,-2;BYDAY=SU,MO;BYSETPOS=-1',
      'every day on the 26th and 2nd to last day of the month, if that is a Monday or a Sunday, but only the last of these each day',
    ],
    [
      'FREQ=HOURLY;BYYEARDAY=1,-366;BYMONTHDAY=-1,31;BYDAY=MO;BYMONTH=9',
      'every hour on the 1st and 366th to last day of the year in September, if that is the 31st or last day of the month and if that is a Monday',
    ],
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
    ['FREQ=MONTHLY;BYDAY=2TU,-1FR', 'каждый месяц во 2-й вторник и в последнюю пятницу месяца'],
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
    ['FREQ=DAILY;BYHOUR=9', 'каждый день в час с началом в 09:00'],
    ['FREQ=HOURLY;BYMINUTE=1,22', 'каждый час в 1 и 22 минуты часа'],
    ['FREQ=MINUTELY;BYSECOND=0,11', 'каждую минуту в 0 и 11 секунд минуты'],
    ['FREQ=MONTHLY;BYDAY=2TU', 'каждый месяц во 2-й вторник месяца'],
    ['FREQ=MONTHLY;BYMONTHDAY=-2', 'каждый месяц во 2-й с конца день месяца'],
    ['FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO', 'каждый год в последний понедельник мая'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', 'каждый год в 29-й день февраля'],
    [
      'FREQ=HOURLY;BYYEARDAY=1;BYMONTHDAY=-1,31;BYDAY=MO,TU;BYMONTH=9',
      'каждый час в 1-й день года в сентябре, если это 31-й или последний день месяца и если день приходится на понедельник или вторник',
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
