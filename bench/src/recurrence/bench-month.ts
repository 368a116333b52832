import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median } from '../measure/median.ts';
import { CONTENDERS, countMonthFromText, monthCounter, ZONE } from './contenders.ts';
import type { Contender } from './contenders.ts';
import type { RecurrenceResult } from './index.ts';

const AIM = 'at least 20 times as fast as rrule-temporal';
const DAYS = 30;

/**
 * Each time a rule and a series that nobody has seen, in a process that has run for a while: a server's listing.
 * The contenders take turns of some calls, so that what else the machine does hits all alike.
 */
export function benchFreshRule(): RecurrenceResult {
  const counters = CONTENDERS.map((which) => ({ which, count: monthCounter(which), times: [] as number[] }));
  const turns = 30;
  for (let turn = 0; turn < turns; turn += 1) {
    for (const { which, count, times } of counters) {
      // rrule walks from DTSTART, which takes it a thousand times as long.
      const calls = which === 'rrule' ? 1 : 100;
      for (let call = 0; call < calls; call += 1) times.push(timeOf(which, count));
    }
  }
  const msOf = (which: Contender): number => {
    const times = counters.find((one) => one.which === which)?.times ?? [];
    return median(times.slice(times.length / 3));
  };
  return resultOf('a new rule in a warm process', msOf, CONTENDERS);
}

/** Each zone once, after a hundred others, so that code is compiled and nothing is known of the zone. */
export function benchFreshZone(): RecurrenceResult {
  const zones = Intl.supportedValuesOf('timeZone');
  const times: Record<string, number[]> = { ours: [], 'rrule-temporal': [] };
  zones.forEach((zone, index) => {
    // Each zone goes to one of them: the runtime keeps what it read of a zone, which would help the second.
    const which = index % 2 === 0 ? 'ours' : 'rrule-temporal';
    const took = timeOf(which, () => countMonthFromText(which, zone), DAYS - 1);
    if (index >= 100) times[which]?.push(took);
  });
  return resultOf(
    'a new rule, in a zone not used before, in a warm process',
    (which) => median(times[which] ?? []),
    ['ours', 'rrule-temporal'],
  );
}

/**
 * The first month of a process. `intl-up`: something has been formatted before, as in any process that does more.
 * `nothing-up`: it also waits for the runtime to load its calendars and zones, whoever asks first.
 */
export function benchColdProcess(state: ProcessState): RecurrenceResult {
  const contenders = ['ours', 'rrule-temporal', 'rrule'] as const;
  const times = Array.from({ length: 9 }, () => contenders.map((which) => timeInProcess(which, state)));
  const msOf = (which: Contender): number =>
    median(times.map((row) => row[contenders.indexOf(which as 'ours')] as number));
  const task =
    state === 'intl-up'
      ? 'the first month of a process, Intl used before'
      : 'the very first thing that a process does';
  return resultOf(task, msOf, contenders);
}

type ProcessState = 'intl-up' | 'nothing-up';

function timeInProcess(which: Contender, state: ProcessState): number {
  const code = `import(${JSON.stringify(import.meta.url)}).then((bench) => console.log(bench.timeFirstMonth(${JSON.stringify(which)}, ${JSON.stringify(state)})))`;
  const run = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    encoding: 'utf8',
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    timeout: 60_000,
  });
  if (run.status !== 0) {
    throw new Error(`The measuring process for ${which} failed: ${run.stderr}`);
  }
  return Number(run.stdout);
}

/**
 * Milliseconds for the first month of a process, from text; loading the modules is not part of it.
 * @public A process of its own calls it by name.
 */
export function timeFirstMonth(which: Contender, state: ProcessState): number {
  if (state === 'intl-up') new Intl.DateTimeFormat('en', { timeZone: 'UTC', timeStyle: 'short' }).format(0);
  return timeOf(which, () => countMonthFromText(which, ZONE));
}

function timeOf(which: Contender, count: () => number, least = DAYS): number {
  const began = performance.now();
  const found = count();
  const took = performance.now() - began;
  if (found < least || found > DAYS + 1) {
    throw new Error(`${which} found ${found} starts in a month of ${DAYS} days`);
  }
  return took;
}

function resultOf(
  task: string,
  msOf: (which: Contender) => number,
  contenders: readonly Contender[],
): RecurrenceResult {
  const ratio = msOf('rrule-temporal') / msOf('ours');
  return {
    task: `one month of a daily rule in a zone, begun 10 years ago: ${task}`,
    oursMs: msOf('ours'),
    peersMs: Object.fromEntries(
      contenders.filter((which) => which !== 'ours').map((which) => [which, msOf(which)]),
    ),
    aim: AIM,
    reached: `${ratio.toFixed(1)} times`,
  };
}
