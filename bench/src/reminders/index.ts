import type { Figure } from '../report.ts';
import { runCrashTrial } from './crash-trial.ts';

const LARGE = { reminders: 100_000, faults: 20, schedulers: 2, senders: 3, prefetch: 50 } as const;
const DEADLINE_MS = 3_600_000;

/** Reminders through crashes, in large; `make test` runs the same in small. */
export async function benchReminders(print: (line: string) => void): Promise<readonly Figure[]> {
  const seed = Math.floor(Math.random() * 2 ** 32);
  print(`crash trial, seed ${seed}`);
  const { raw, distinct, lost, repeated, unexplained } = await runCrashTrial({
    ...LARGE,
    seed,
    log: print,
    deadlineMs: DEADLINE_MS,
  });
  const name = `${LARGE.reminders} reminders through ${LARGE.faults} crashes`;
  return [
    {
      name: `${name}: lost`,
      ours: `${raw} requests, ${distinct} distinct`,
      limit: '',
      value: lost,
      unit: '',
      wanted: { atMost: 0 },
    },
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
