import { civilDate, SECONDS_PER_DAY } from '../civil/civil-date.ts';
import type { Frequency, Weekday, WeekdayNumber } from '../rule/recurrence-rule.ts';
import { untilTime } from './rule-language.ts';
import type { OrdinalScope, RuleLanguage } from './rule-language.ts';

type Gender = 'masculine' | 'feminine' | 'neuter';

/** A unit in the accusative: "раз в 21 неделю, 2 недели, 5 недель". */
interface Unit {
  readonly gender: Gender;
  readonly one: string;
  readonly few: string;
  readonly many: string;
}

const UNITS: Readonly<Record<Frequency, Unit>> = {
  YEARLY: { gender: 'masculine', one: 'год', few: 'года', many: 'лет' },
  MONTHLY: { gender: 'masculine', one: 'месяц', few: 'месяца', many: 'месяцев' },
  WEEKLY: { gender: 'feminine', one: 'неделю', few: 'недели', many: 'недель' },
  DAILY: { gender: 'masculine', one: 'день', few: 'дня', many: 'дней' },
  HOURLY: { gender: 'masculine', one: 'час', few: 'часа', many: 'часов' },
  MINUTELY: { gender: 'feminine', one: 'минуту', few: 'минуты', many: 'минут' },
  SECONDLY: { gender: 'feminine', one: 'секунду', few: 'секунды', many: 'секунд' },
};

const TIMES: Unit = { gender: 'masculine', one: 'раз', few: 'раза', many: 'раз' };

/** A weekday in the accusative, and in the dative plural of "по средам". */
const WEEKDAY_NAMES: Readonly<
  Record<Weekday, { readonly gender: Gender; readonly name: string; readonly plural: string }>
> = {
  MO: { gender: 'masculine', name: 'понедельник', plural: 'понедельникам' },
  TU: { gender: 'masculine', name: 'вторник', plural: 'вторникам' },
  WE: { gender: 'feminine', name: 'среду', plural: 'средам' },
  TH: { gender: 'masculine', name: 'четверг', plural: 'четвергам' },
  FR: { gender: 'feminine', name: 'пятницу', plural: 'пятницам' },
  SA: { gender: 'feminine', name: 'субботу', plural: 'субботам' },
  SU: { gender: 'neuter', name: 'воскресенье', plural: 'воскресеньям' },
};

/** Months in the prepositional ("в январе") and the genitive ("30 июня"). */
const MONTHS_IN = [
  'январе',
  'феврале',
  'марте',
  'апреле',
  'мае',
  'июне',
  'июле',
  'августе',
  'сентябре',
  'октябре',
  'ноябре',
  'декабре',
] as const;
const MONTHS_OF = [
  'января',
  'февраля',
  'марта',
  'апреля',
  'мая',
  'июня',
  'июля',
  'августа',
  'сентября',
  'октября',
  'ноября',
  'декабря',
] as const;

const EVERY: Readonly<Record<Gender, string>> = { masculine: 'каждый', feminine: 'каждую', neuter: 'каждое' };
const SECOND: Readonly<Record<Gender, string>> = {
  masculine: 'второй',
  feminine: 'вторую',
  neuter: 'второе',
};
const LAST: Readonly<Record<Gender, string>> = {
  masculine: 'последний',
  feminine: 'последнюю',
  neuter: 'последнее',
};
const ENDING: Readonly<Record<Gender, string>> = { masculine: 'й', feminine: 'ю', neuter: 'е' };

const pluralRules = new Intl.PluralRules('ru');
const conjunction = new Intl.ListFormat('ru', { type: 'conjunction' });
const disjunction = new Intl.ListFormat('ru', { type: 'disjunction' });

export const russian: RuleLanguage = {
  and: 'и',
  every: (freq, interval) => {
    const unit = UNITS[freq];
    return interval === 1 ? `${EVERY[unit.gender]} ${unit.one}` : `раз в ${counted(interval, unit)}`;
  },
  everyWeekday: (weekday, interval) => {
    const { gender, name } = WEEKDAY_NAMES[weekday];
    return `${EVERY[gender]} ${interval === 2 ? `${SECOND[gender]} ` : ''}${name}`;
  },
  months: (months) => `в ${join(months.map((month) => MONTHS_IN[month - 1] as string))}`,
  weekNumbers: (weeks) => `на ${join(weeks.map(weekOrdinal))} неделе года`,
  yearDays: (days) => `${into(join(days.map((day) => ordinal(day, 'masculine'))))} день года`,
  monthDays: (days, scope) =>
    `${into(join(days.map((day) => ordinal(day, 'masculine'))))} день ${scopeName(scope)}`,
  weekdays: (days, scope) => weekdayPhrases(days, scope),
  ifMonthDays: (days) => `если это ${eitherOf(days.map((day) => ordinal(day, 'masculine')))} день месяца`,
  ifWeekdays: (days, scope) => `если день приходится ${weekdayNames(days, scope)}`,
  times: (times) => `в ${join(times)}`,
  hours: (hours) => `в ${hours.length === 1 ? 'час' : 'часы'} с началом в ${join(hours)}`,
  minutes: (minutes) => `в ${join(minutes.map(String))} ${formOf(minutes, UNITS.MINUTELY)} часа`,
  seconds: (seconds) => `в ${join(seconds.map(String))} ${formOf(seconds, UNITS.SECONDLY)} минуты`,
  positions: (positions, freq) => {
    const unit = UNITS[freq];
    const list = join(positions.map((position) => ordinal(position, 'neuter')));
    return `но за ${EVERY[unit.gender]} ${unit.one} только ${list} из этих событий`;
  },
  until: (until) => {
    const { year, month, day } = civilDate(Math.floor(until.seconds / SECONDS_PER_DAY));
    const time = untilTime(until);
    return `до ${day} ${MONTHS_OF[month - 1]} ${year} года${time === '' ? '' : `, ${time},`} включительно`;
  },
  count: (count) => `всего ${counted(count, TIMES)}`,
  weekStart: (weekday) => `неделя начинается ${into(WEEKDAY_NAMES[weekday].name)}`,
  skip: (skip) =>
    `несуществующая дата переносится на ${skip === 'BACKWARD' ? 'предыдущий' : 'следующий'} день`,
};

/** "по понедельникам и в последнюю пятницу месяца". */
function weekdayPhrases(days: readonly WeekdayNumber[], scope: OrdinalScope): string {
  const plain = days
    .filter((entry) => entry.ordinal === 0)
    .map((entry) => WEEKDAY_NAMES[entry.weekday].plural);
  const numbered = numberedWeekdays(days, scope);
  return [...(plain.length > 0 ? [`по ${join(plain)}`] : []), ...(numbered === '' ? [] : [numbered])].join(
    ' и ',
  );
}

/** "на понедельник или последнюю пятницу месяца". */
function weekdayNames(days: readonly WeekdayNumber[], scope: OrdinalScope): string {
  const names = days.map(({ weekday, ordinal: number }) => {
    const { gender, name } = WEEKDAY_NAMES[weekday];
    return number === 0 ? name : `${ordinal(number, gender)} ${name} ${scopeName(scope)}`;
  });
  return `на ${eitherOf(names)}`;
}

function numberedWeekdays(days: readonly WeekdayNumber[], scope: OrdinalScope): string {
  const names = days
    .filter((entry) => entry.ordinal !== 0)
    .map(({ weekday, ordinal: number }) =>
      into(`${ordinal(number, WEEKDAY_NAMES[weekday].gender)} ${WEEKDAY_NAMES[weekday].name}`),
    );
  return names.length === 0 ? '' : `${join(names)} ${scopeName(scope)}`;
}

function scopeName(scope: OrdinalScope): string {
  if (typeof scope === 'number') {
    return MONTHS_OF[scope - 1] as string;
  }
  return scope === 'month' ? 'месяца' : 'года';
}

/** "в" before most words, "во" before "вторник" and "второй", also where that is written "2-й". */
function into(words: string): string {
  return /^(?:вт|2-)/.test(words) ? `во ${words}` : `в ${words}`;
}

/** 1-й, 22-ю, последнее, 2-е с конца, in the accusative. */
function ordinal(number: number, gender: Gender): string {
  if (number === -1) {
    return LAST[gender];
  }
  const text = `${Math.abs(number)}-${ENDING[gender]}`;
  return number < 0 ? `${text} с конца` : text;
}

/** The prepositional of "на последней неделе". */
function weekOrdinal(number: number): string {
  if (number === -1) {
    return 'последней';
  }
  return number < 0 ? `${-number}-й с конца` : `${number}-й`;
}

function counted(count: number, unit: Unit): string {
  return `${count} ${formOf([count], unit)}`;
}

/** The form of the unit after the last of the numbers: "1 и 22 минуты". */
function formOf(numbers: readonly number[], unit: Unit): string {
  const form = pluralRules.select(numbers.at(-1) ?? 0);
  return form === 'one' ? unit.one : form === 'few' ? unit.few : unit.many;
}

function join(items: readonly string[]): string {
  return conjunction.format(items);
}

function eitherOf(items: readonly string[]): string {
  return disjunction.format(items);
}
