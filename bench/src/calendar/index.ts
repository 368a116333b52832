import type { Figure } from '../report.ts';
import { benchContention } from './bench-contention.ts';
import { benchCreateEvent } from './bench-create-event.ts';
import { benchCreateSeries } from './bench-create-series.ts';
import { benchGetEvent } from './bench-get-event.ts';
import { openBenchHouse } from './bench-house.ts';
import { benchListWeek } from './bench-list-week.ts';
import { benchScale } from './bench-scale.ts';
import { addBenchUsers, type BenchUser } from './bench-users.ts';

/** What can be measured alone, in the order in which it is measured. */
export const CALENDAR_PARTS = [
  'create-event',
  'create-series',
  'list-week',
  'get-event',
  'contention',
  'scale',
] as const;
export type CalendarPart = (typeof CALENDAR_PARTS)[number];

const USERS = 1_000;

/**
 * The calendar's figures; about five minutes with rounds of 8 seconds.
 * @param onFigure told of each as soon as it is known.
 */
export async function benchCalendar(
  parts: readonly CalendarPart[],
  seconds: number,
  onFigure: (figure: Figure) => void,
): Promise<readonly Figure[]> {
  await using house = await openBenchHouse();
  // The last one has a calendar of its own kind, for the figure of scale.
  const users = await addBenchUsers(house.postgres, USERS + 1);
  const load = users.slice(0, USERS);
  const someone = users[0] as BenchUser;
  const benches: Record<CalendarPart, () => Promise<Figure | readonly Figure[]>> = {
    'create-event': () => benchCreateEvent(house, load, seconds),
    'create-series': () => benchCreateSeries(house, load, seconds),
    'list-week': () => benchListWeek(house, load, seconds),
    'get-event': () => benchGetEvent(house, someone, seconds),
    contention: () => benchContention(house, someone),
    scale: () => benchScale(house, users),
  };
  const figures: Figure[] = [];
  for (const part of CALENDAR_PARTS) {
    if (!parts.includes(part)) continue;
    for (const figure of [await benches[part]()].flat()) {
      figures.push(figure);
      onFigure(figure);
    }
  }
  return figures;
}
