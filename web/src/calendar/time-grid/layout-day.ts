import { readWallMinutes, type DayRange } from '../../time/day-range.ts';
import { layoutColumns, type Column } from '../layout/layout-columns.ts';
import type { PlacedItem } from '../layout/layout-week.ts';
import type { Item } from '../item.ts';

const DAY_MINUTES = 1440;
const DAY_MS = 86_400_000;
/** What is shorter is drawn so long, so that it can be read and grabbed. */
const SHORTEST_MINUTES = 24;

/** A part of an item that lies in one day, in minutes of the wall clock. */
export interface Block extends Column {
  readonly item: Item;
  readonly start: number;
  readonly end: number;
  readonly isContinued: boolean;
  readonly goesOn: boolean;
}

/** What lasts a day or longer stands above the hours, as a bar. */
export function isBar({ span }: Item): boolean {
  return span.kind === 'all-day' || span.endMs - span.startMs >= DAY_MS;
}

/** The blocks of one day of the range, side by side where they overlap. */
export function layoutDay(placed: readonly PlacedItem[], day: number, range: DayRange): readonly Block[] {
  const parts = placed
    .filter(({ item, placed: days }) => !isBar(item) && days.first <= day && days.last >= day)
    .map((entry) => clip(entry, day, range))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const columns = layoutColumns(parts);
  return parts.map((part, i) => ({ ...part, ...(columns[i] ?? { column: 0, columns: 1, width: 1 }) }));
}

function clip({ item, placed: days }: PlacedItem, day: number, range: DayRange): Omit<Block, keyof Column> {
  const isContinued = days.first < day;
  const goesOn = days.last > day;
  const { span } = item;
  if (span.kind === 'all-day') return { item, start: 0, end: DAY_MINUTES, isContinued, goesOn };
  const start = isContinued ? 0 : readWallMinutes(range, day, span.startMs);
  const endsWithDay = goesOn || span.endMs === range.startsMs[day + 1];
  const end = endsWithDay ? DAY_MINUTES : readWallMinutes(range, day, span.endMs);
  // In the hour that comes twice the clock may show an earlier end than start.
  const shown = Math.min(DAY_MINUTES, Math.max(end, start + SHORTEST_MINUTES));
  return { item, start: Math.min(start, DAY_MINUTES - SHORTEST_MINUTES), end: shown, isContinued, goesOn };
}
