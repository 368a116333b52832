import { Temporal } from 'temporal-polyfill';
import type { Style } from '../text/style.ts';
import { mondayOf } from '../time/day-spec.ts';
import { capitalize, WEEKDAYS } from '../time/words.ts';
import type { DayGroup } from './group-by-day.ts';

const CELL_WIDTH = 4;

/** A small calendar, Monday first: `*` marks days with events, `>` today. */
export function drawMonthGrid(
  groups: readonly DayGroup[],
  today: Temporal.PlainDate,
  style: Style,
): readonly string[] {
  const [first] = groups;
  const last = groups.at(-1);
  if (!first || !last) return [];
  const byDate = new Map(groups.map((group) => [group.date.toString(), group]));
  const names = WEEKDAYS.map(([, short]) => ` ${capitalize(short.slice(0, 2))} `).join('');
  const lines = [style.dim(names.trimEnd())];
  let monday = mondayOf(first.date);
  while (Temporal.PlainDate.compare(monday, last.date) <= 0) {
    const week = Array.from({ length: 7 }, (_, i) => monday.add({ days: i }));
    lines.push(
      week
        .map((date) => drawCell(byDate.get(date.toString()), date.equals(today), style))
        .join('')
        .trimEnd(),
    );
    monday = monday.add({ weeks: 1 });
  }
  return lines;
}

function drawCell(group: DayGroup | undefined, isToday: boolean, style: Style): string {
  if (!group) return ' '.repeat(CELL_WIDTH);
  const hasEvents = group.entries.length > 0;
  const text = `${isToday ? '>' : ' '}${String(group.date.day).padStart(2)}${hasEvents ? '*' : ' '}`;
  if (isToday) return style.accent(text);
  return hasEvents ? style.bold(text) : text;
}
