import {
  countUpTo,
  createSeries,
  describeRule,
  expand,
  last,
  next,
  parseRule,
  RecurrenceError,
} from '@daywatch/recurrence';
import type { RecurrenceSeries } from '@daywatch/recurrence';
import { Temporal } from 'temporal-polyfill';
import { hostileRules } from './hostile-rules.ts';

/** The slowest call of one kind over all hostile rules, in milliseconds of CPU. */
export interface HostileResult {
  readonly query: string;
  readonly worstMs: number;
  readonly rule: string;
  readonly calls: number;
  readonly refused: number;
}

const START = Temporal.PlainDateTime.from('2026-01-31T09:30');
const SOON = { from: at('2026-05-01T00:00:00Z'), to: at('2026-06-01T00:00:00Z') };
const FAR = { from: at('9000-05-01T00:00:00Z'), to: at('9000-06-01T00:00:00Z') };
/** The most rows that the calendar makes of one series. */
const MOST_ROWS = 5000;
/** The calls that were slowest by the clock on the wall are measured again, in CPU time. */
const SUSPECTS = 12;
const ROUNDS = 16;

/** Everything that a stranger's rule is put through, each under the default budget. */
const QUERIES: Readonly<Record<string, (series: RecurrenceSeries, text: string) => unknown>> = {
  parse: (_, text) => parseRule(text),
  describe: (_, text) => describeRule(parseRule(text), 'ru'),
  'make a series': (_, text) => makeSeries(text),
  'list next month': (series) => Array.from(expand(series, SOON)),
  'list a month of 9000': (series) => Array.from(expand(series, FAR)),
  'list all': (series) => Array.from(expand(series)),
  'count up to 5,000': (series) => countUpTo(series, MOST_ROWS),
  'count a month of 9000': (series) => countUpTo(series, MOST_ROWS, FAR),
  'next after 7000': (series) => next(series, at('7000-01-01T00:00:00Z')),
  last: (series) => last(series),
};

/** Puts `count` generated rules, and those known to be nasty, through every query. */
export function benchHostile(count: number): readonly HostileResult[] {
  const rules = [...hostileRules(count)].filter(
    (text) => timeCall(() => makeSeries(text)).outcome === 'answered',
  );
  // Code that is not compiled yet would be measured instead of the rules.
  rules
    .slice(0, 300)
    .forEach((text) =>
      Object.values(QUERIES).forEach((query) => timeCall(() => query(makeSeries(text), text))),
    );
  return Object.entries(QUERIES).map(([query, run]) => {
    const calls = rules.map((text) => ({ text, ...timeCall(() => run(makeSeries(text), text)) }));
    const slowest = calls
      .toSorted((a, b) => b.ms - a.ms)
      .slice(0, SUSPECTS)
      .map(({ text }) => ({ rule: text, worstMs: cpuMs(() => run(makeSeries(text), text)) }))
      .reduce((a, b) => (b.worstMs > a.worstMs ? b : a));
    const refused = calls.filter(({ outcome }) => outcome === 'refused').length;
    return { query, calls: calls.length, refused, ...slowest };
  });
}

/** CPU time of one call in this thread, whose clock ticks so slowly on many machines that it takes several. */
function cpuMs(call: () => unknown): number {
  const before = process.threadCpuUsage();
  for (let round = 0; round < ROUNDS; round += 1) timeCall(call);
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000 / ROUNDS;
}

function makeSeries(text: string): RecurrenceSeries {
  return createSeries({ dtstart: START, timeZone: 'Europe/Berlin', rule: parseRule(text) });
}

function timeCall(call: () => unknown): { readonly ms: number; readonly outcome: 'answered' | 'refused' } {
  const began = performance.now();
  let outcome: 'answered' | 'refused' = 'answered';
  try {
    call();
  } catch (error) {
    if (!(error instanceof RecurrenceError)) throw error;
    outcome = 'refused';
  }
  return { ms: performance.now() - began, outcome };
}

function at(text: string): Temporal.Instant {
  return Temporal.Instant.from(text);
}
