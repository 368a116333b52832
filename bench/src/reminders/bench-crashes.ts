import type { Figure } from '../report.ts';
import { runCrashTrial } from './crash-trial.ts';

const LARGE = { reminders: 100_000, faults: 20, schedulers: 2, senders: 3, prefetch: 200 } as const;
const DEADLINE_MS = 3_600_000;

/** The crash trial in large: what is lost, and what is repeated though nobody was killed with it in hand. */
export async function benchCrashes(print: (line: string) => void): Promise<readonly Figure[]> {
  const seed = Number(process.env['CRASH_SEED'] ?? Math.floor(Math.random() * 2 ** 32));
  print(`crash trial, seed ${seed}`);
  const result = await runCrashTrial({ ...LARGE, seed, log: print, deadlineMs: DEADLINE_MS });
  const { raw, distinct, lost, repeated, unexplained } = result;
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
