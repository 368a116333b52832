import type { Temporal } from 'temporal-polyfill';
import { mondayOf } from '../time/day-spec.ts';
import { dateOf, parseWhen } from '../time/parse-when.ts';
import { findMonth, MONTHS } from '../time/words.ts';
import type { PeriodName } from './list-pages.ts';

/**
 * The first day of the period that is meant. Nothing means the current one, and `next` the one after
 * it; a month may also be named: `december`, `2026-12`.
 * @throws UnclearTime
 */
export function periodStart(
  period: PeriodName,
  typed: string,
  now: Temporal.ZonedDateTime,
): Temporal.PlainDate {
  const today = now.toPlainDate();
  const text = typed.trim().toLowerCase();
  const steps = { '': 0, this: 0, next: 1, last: -1 }[text];
  if (steps !== undefined) return shift(period, today, steps);
  if (period === 'month') {
    const named = readMonth(text, now);
    if (named) return dateOf(parseWhen(named, { now }));
  }
  return dateOf(parseWhen(typed, { now }));
}

function shift(period: PeriodName, today: Temporal.PlainDate, steps: number): Temporal.PlainDate {
  switch (period) {
    case 'day':
      return today.add({ days: steps });
    case 'week':
      return mondayOf(today).add({ weeks: steps });
    case 'month':
      return today.with({ day: 1 }).add({ months: steps });
    default:
      return period satisfies never;
  }
}

/** The first of a named month as text: this month's, else the coming one's. */
function readMonth(text: string, now: Temporal.ZonedDateTime): string | undefined {
  const iso = /^(\d{4})-(\d{2})$/.exec(text);
  if (iso) return `${text}-01`;
  const [word = '', yearText] = text.split(/\s+/);
  const month = findMonth(word);
  if (month === undefined || (yearText !== undefined && !/^\d{4}$/.test(yearText))) return undefined;
  const year = yearText === undefined ? now.year + (month + 1 < now.month ? 1 : 0) : Number(yearText);
  return `1 ${MONTHS[month]?.[0]} ${String(year).padStart(4, '0')}`;
}
