import { placeSpan, type Placed } from '../../time/span.ts';
import type { DayRange } from '../../time/day-range.ts';
import { compareItems, type Item } from '../item.ts';

/** A part of an item that lies in one week: a bar over some of its days. */
export interface Segment {
  readonly item: Item;
  /** The day of the week that it begins on, from 0. */
  readonly day: number;
  readonly days: number;
  /** The row under the day's number, from 0. */
  readonly lane: number;
  readonly isContinued: boolean;
  readonly goesOn: boolean;
}

export interface PlacedItem {
  readonly item: Item;
  readonly placed: Placed;
}

/** Items in the order in which they are drawn, with their days. */
export function placeItems(items: readonly Item[], range: DayRange): readonly PlacedItem[] {
  return items
    .flatMap((item) => {
      const placed = placeSpan(item.span, range);
      return placed ? [{ item, placed }] : [];
    })
    .sort((a, b) => comparePlaced(a, b) || compareItems(a.item, b.item));
}

/**
 * Gives every item a lane that is free on all of its days. What comes earlier is higher, and a bar over several days
 * keeps its lane through the week.
 * @param first the index of the week's first day in the range.
 * @param lanes so many are told apart; whatever finds no room in them is in the lane `lanes`, however much that is. A
 * crowded day has more than anybody sees.
 */
export function layoutWeek(
  placed: readonly PlacedItem[],
  first: number,
  { length = 7, lanes = Infinity }: { readonly length?: number; readonly lanes?: number } = {},
): readonly Segment[] {
  const takenUntil: number[] = [];
  const segments: Segment[] = [];
  for (const { item, placed: days } of placed) {
    if (days.last < first || days.first >= first + length) continue;
    const day = Math.max(0, days.first - first);
    const last = Math.min(length - 1, days.last - first);
    let lane = 0;
    while (lane < lanes && (takenUntil[lane] ?? -1) >= day) lane += 1;
    if (lane < lanes) takenUntil[lane] = last;
    segments.push({
      item,
      day,
      days: last - day + 1,
      lane,
      isContinued: days.first < first,
      goesOn: days.last >= first + length,
    });
  }
  return segments;
}

/** By first day, then what covers more days: bars lie above what lasts a few hours. */
function comparePlaced({ placed: a }: PlacedItem, { placed: b }: PlacedItem): number {
  return a.first - b.first || b.last - b.first - (a.last - a.first);
}
