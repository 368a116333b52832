import type { Figure } from '../report.ts';
import { benchFutureRows } from './bench-future-rows.ts';
import { benchIdleLatency } from './bench-idle-latency.ts';
import { benchThroughput } from './bench-throughput.ts';
import { runCrashTrial } from './crash-trial.ts';
import { openReminderHouse } from './reminder-house.ts';

/** The crash trial in large, and the speed of reminders. */
export async function benchReminders(print: (line: string) => void): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  {
    await using house = await openReminderHouse();
    figures.push(...(await benchThroughput(house)));
    figures.push(await benchIdleLatency(house));
    figures.push(await benchFutureRows(house));
  }
  figures.push(...(await benchCrashes(print)));
  return figures;
}

const LARGE = { reminders: 100_000, faults: 20, schedulers: 2, senders: 3, prefetch: 50 } as const;

async function benchCrashes(print: (line: string) => void): Promise<readonly Figure[]> {
  const seed = Math.floor(Math.random() * 2 ** 32);
  print(`crash trial, seed ${seed}`);
  const { raw, distinct, lost, repeated, unexplained } = await runCrashTrial({
    ...LARGE,
    seed,
    log: print,
    deadlineMs: 3_600_000,
  });
  const ours = `${raw} requests, ${distinct} distinct`;
  const name = `${LARGE.reminders} reminders through ${LARGE.faults} crashes`;
  return [
    { name: `${name}: lost`, ours, limit: '', value: lost, unit: '', wanted: { atMost: 0 } },
    {
      name: `${name}: repeated, and not in flight at a kill`,
      ours: `${repeated} repeated`,
      limit: '',
      value: unexplained.length,
      unit: '',
      wanted: { atMost: 0 },
    },
  ];
}
