import type { Figure } from '../report.ts';
import { benchCrashes } from './bench-crashes.ts';
import { benchFutureRows } from './bench-future-rows.ts';
import { benchIdleLatency } from './bench-idle-latency.ts';
import { benchThroughput } from './bench-throughput.ts';
import { openReminderHouse, type ReminderHouse } from './reminder-house.ts';

/** Each has a database and a broker to itself. */
export const REMINDER_PARTS = [
  'reminders-throughput',
  'reminders-idle',
  'reminders-scale',
  'reminders-crash',
] as const;

export type ReminderPart = (typeof REMINDER_PARTS)[number];

/** The speed of reminders, and the crash trial in large. */
export async function benchReminders(
  parts: readonly ReminderPart[],
  print: (line: string) => void,
): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const part of parts) figures.push(...(await benchPart(part, print)));
  return figures;
}

async function benchPart(part: ReminderPart, print: (line: string) => void): Promise<readonly Figure[]> {
  switch (part) {
    case 'reminders-throughput':
      return inHouse((house) => benchThroughput(house, print));
    case 'reminders-idle':
      return inHouse(benchIdleLatency);
    case 'reminders-scale':
      return inHouse(benchFutureRows);
    case 'reminders-crash':
      return benchCrashes(print);
    default:
      return part satisfies never;
  }
}

async function inHouse(
  bench: (house: ReminderHouse) => Promise<readonly Figure[]>,
): Promise<readonly Figure[]> {
  await using house = await openReminderHouse();
  return await bench(house);
}
