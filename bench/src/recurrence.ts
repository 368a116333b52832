import { createSeries, expand, parseRule } from '@daywatch/recurrence';
import type { RecurrenceSeries } from '@daywatch/recurrence';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type * as Rrule from 'rrule';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';

/** One measured comparison; times are for the whole task. */
export interface RecurrenceResult {
  readonly task: string;
  readonly oursMs: number;
  /** By the peer's name; absent where the peer cannot do the task. */
  readonly peersMs: Readonly<Record<string, number>>;
  /** What is aimed at and what was reached, in words. */
  readonly aim: string;
  readonly reached: string;
}

// rrule is CommonJS whose exports Node cannot name ahead of running it.
const rrule = createRequire(import.meta.url)('rrule') as typeof Rrule;

const ZONE = 'Europe/Berlin';
const DAILY = 'FREQ=DAILY';
const START = '2016-11-01T09:00:00';
const MILLION = 1_000_000;

/** Weekday, monthly, yearly, daily and hourly rules as people make them, and a few that they do not. */
const MIXED = [
  'FREQ=DAILY',
  'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU',
  'FREQ=MONTHLY;BYMONTHDAY=1,15,-1',
  'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1',
  'FREQ=YEARLY;BYMONTH=6,7,8;BYDAY=TH',
  'FREQ=YEARLY;BYWEEKNO=20,40;BYDAY=MO,WE',
  'FREQ=HOURLY;INTERVAL=3;BYDAY=MO,FR',
  'FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16',
  'FREQ=DAILY;INTERVAL=2;BYMONTH=1,2,3',
] as const;

/** Runs the recurrence benchmarks beside `rrule` and `rrule-temporal` and prints them with their ratios. */
export function benchRecurrence(print: (line: string) => void = console.log): readonly RecurrenceResult[] {
  const results = [benchMonth(), benchFreshMonth(), benchFarFuture(), benchMillion()];
  for (const { task, oursMs, peersMs, aim, reached } of results) {
    print(task);
    print(`  ours            ${oursMs.toFixed(3).padStart(12)} ms`);
    for (const [peer, ms] of Object.entries(peersMs)) {
      print(`  ${peer.padEnd(15)} ${ms.toFixed(3).padStart(12)} ms   ${(ms / oursMs).toFixed(1)} times ours`);
    }
    print(`  aim: ${aim}; reached: ${reached}`);
  }
  return results;
}

/** Cold: each in a process of its own, so that neither has a zone, a rule or compiled code from before. */
function benchMonth(): RecurrenceResult {
  const oursMs = median(Array.from({ length: 5 }, () => timeInProcess('ours')));
  const theirsMs = median(Array.from({ length: 5 }, () => timeInProcess('rrule-temporal')));
  const rruleMs = median(Array.from({ length: 5 }, () => timeInProcess('rrule')));
  return {
    task: 'one month of a daily rule in a zone, begun 10 years ago, cold',
    oursMs,
    peersMs: { 'rrule-temporal': theirsMs, rrule: rruleMs },
    aim: 'at least 20 times as fast as rrule-temporal',
    reached: `${(theirsMs / oursMs).toFixed(1)} times`,
  };
}

/** From the text of the rule to the starts again and again in one process: what a server does for a listing. */
function benchFreshMonth(): RecurrenceResult {
  const medianOf = (which: Contender): number =>
    median(Array.from({ length: 1500 }, () => timeMonth(which)).slice(500));
  const oursMs = medianOf('ours');
  const theirsMs = medianOf('rrule-temporal');
  return {
    task: 'one month of that rule, each time from its text, in a warm process',
    oursMs,
    peersMs: { 'rrule-temporal': theirsMs, rrule: medianOf('rrule'), 'ours, zoned': medianOf('ours, zoned') },
    aim: 'at least 20 times as fast as rrule-temporal',
    reached: `${(theirsMs / oursMs).toFixed(1)} times`,
  };
}

function timeInProcess(which: Contender): number {
  const code = `import(${JSON.stringify(import.meta.url)}).then((bench) => console.log(bench.timeMonth(${JSON.stringify(which)})))`;
  const run = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    encoding: 'utf8',
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    timeout: 60_000,
  });
  if (run.status !== 0) {
    throw new Error(`The measuring process for ${which} failed: ${run.stderr}`);
  }
  return Number(run.stdout);
}

/** `ours, zoned` also makes a ZonedDateTime of each start, as rrule-temporal does. */
type Contender = 'ours' | 'ours, zoned' | 'rrule' | 'rrule-temporal';

/**
 * Milliseconds for a month of a daily rule, from the text of the rule to the starts.
 * @public A process of its own calls it by name.
 */
export function timeMonth(which: Contender): number {
  // The Temporal polyfill and the runtime's zones warm up for all alike.
  const from = Temporal.ZonedDateTime.from(`2026-11-01T00:00:00[${ZONE}]`);
  const to = from.add({ months: 1 });
  const began = performance.now();
  const found = monthBy(which, from, to);
  const took = performance.now() - began;
  if (found !== 30) {
    throw new Error(`${which} found ${found} starts in a month of 30 days`);
  }
  return took;
}

function monthBy(which: Contender, from: Temporal.ZonedDateTime, to: Temporal.ZonedDateTime): number {
  switch (which) {
    case 'ours':
      return Array.from(
        expand(makeSeries(DAILY), { from: from.toInstant(), to: to.toInstant() }),
        ({ startMs }) => startMs,
      ).length;
    case 'ours, zoned':
      return Array.from(
        expand(makeSeries(DAILY), { from: from.toInstant(), to: to.toInstant() }),
        ({ start }) => start,
      ).length;
    case 'rrule':
      return rrule
        .rrulestr(`DTSTART:20161101T090000Z\nRRULE:${DAILY}`)
        .between(new Date(from.epochMilliseconds), new Date(to.epochMilliseconds), true).length;
    case 'rrule-temporal':
      return new RRuleTemporal({
        rruleString: `DTSTART;TZID=${ZONE}:20161101T090000\nRRULE:${DAILY}`,
      }).between(from, to, true).length;
    default:
      throw new Error(`Unknown contender: ${String(which satisfies never)}`);
  }
}

function benchFarFuture(): RecurrenceResult {
  const series = makeSeries(DAILY);
  const timeOf = (year: number): number => {
    const from = Temporal.Instant.from(`${year}-11-01T00:00:00Z`);
    const to = Temporal.Instant.from(`${year}-12-01T00:00:00Z`);
    const times: number[] = [];
    for (let round = 0; round < 2000; round += 1) {
      const began = performance.now();
      const found = Array.from(expand(series, { from, to })).length;
      times.push(performance.now() - began);
      if (found !== 30) {
        throw new Error(`found ${found} starts in a month of 30 days of ${year}`);
      }
    }
    return median(times.slice(1000));
  };
  timeOf(2026);
  const soonMs = timeOf(2026);
  const farMs = timeOf(9000);
  const peer = new RRuleTemporal({
    rruleString: `DTSTART;TZID=${ZONE}:20161101T090000\nRRULE:${DAILY}`,
    maxIterations: 10_000_000,
  });
  const began = performance.now();
  peer.between(new Date('9000-11-01T00:00:00Z'), new Date('9000-12-01T00:00:00Z'), true);
  const peerMs = performance.now() - began;
  return {
    task: 'one month of that rule in the year 9000, warm',
    oursMs: farMs,
    peersMs: { 'rrule-temporal': peerMs },
    aim: 'at most 2 times as long as next month',
    reached: `${(farMs / soonMs).toFixed(2)} times (next month ${(soonMs * 1000).toFixed(1)} µs)`,
  };
}

function benchMillion(): RecurrenceResult {
  const each = MILLION / MIXED.length;
  const take = (series: RecurrenceSeries): number => {
    let count = 0;
    let sum = 0;
    for (const { startMs } of expand(series, {}, 100 * MILLION)) {
      sum += startMs;
      count += 1;
      if (count === each) {
        break;
      }
    }
    return sum;
  };
  const seriesList = MIXED.map(makeSeries);
  const time = (work: () => void): number => {
    const began = performance.now();
    work();
    return performance.now() - began;
  };
  const coldMs = time(() => seriesList.forEach(take));
  const oursMs = median(Array.from({ length: 3 }, () => time(() => seriesList.forEach(take))));
  // The peers do a hundredth of the work, which is scaled up: a whole million would take them minutes.
  const share = 100;
  const theirsMs =
    share *
    time(() => {
      for (const rule of MIXED) {
        const other = new RRuleTemporal({
          rruleString: `DTSTART;TZID=${ZONE}:20161101T090000\nRRULE:${rule};COUNT=${each / share}`,
        });
        other.all();
      }
    });
  const rruleMs =
    share *
    time(() => {
      for (const rule of MIXED) {
        rrule.rrulestr(`DTSTART:20161101T090000Z\nRRULE:${rule};COUNT=${each / share}`).all();
      }
    });
  return {
    task: 'a million starts of ten mixed rules',
    oursMs,
    peersMs: { 'rrule-temporal': theirsMs, rrule: rruleMs },
    aim: 'at least 1.0 million a second',
    reached: `${(MILLION / oursMs / 1000).toFixed(2)} million a second (first run, zone tables not yet made: ${(MILLION / coldMs / 1000).toFixed(2)})`,
  };
}

function makeSeries(rule: string): RecurrenceSeries {
  return createSeries({ dtstart: Temporal.PlainDateTime.from(START), timeZone: ZONE, rule: parseRule(rule) });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}
