import { useCallback, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Temporal } from 'temporal-polyfill';
import { useText } from '../../i18n/text.ts';
import { useFormat } from '../../settings/use-format.ts';
import type { DayRange } from '../../time/day-range.ts';
import { moveSpan } from '../../time/span.ts';
import { useActions } from '../actions.ts';
import type { Item } from '../item.ts';
import { layoutWeek, placeItems } from '../layout/layout-week.ts';
import { MonthWeek } from './month-week.tsx';
import { spanOfDays } from './new-span.ts';
import { useLaneCount } from './use-lane-count.ts';
import { useMonthDrag } from './use-month-drag.ts';

interface MonthViewProps {
  readonly range: DayRange;
  readonly date: Temporal.PlainDate;
  readonly today: Temporal.PlainDate;
  readonly items: readonly Item[];
}

const WEEKS = [0, 1, 2, 3, 4, 5];
const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** Six weeks. The arrow keys go from day to day; Alt and an arrow moves an event. */
export function MonthView({ range, date, today, items }: MonthViewProps) {
  const text = useText();
  const format = useFormat();
  const actions = useActions();
  const grid = useRef<HTMLDivElement>(null);
  const [focusDay, setFocusDay] = useFocusDay(range, date);
  const lanes = useLaneCount(grid);
  const { preview, selection, handlers } = useMonthDrag({
    grid,
    onMove: (item, days) => actions.moveItem(item, moveSpan(item.span, { days }, range.zone)),
    onSelect: (first, last) => actions.createAt(spanOfDays(first, last, range.zone)),
  });
  const weeks = useMemo(() => {
    const shown = preview
      ? items.map((item) =>
          item.key === preview.key
            ? { ...item, span: moveSpan(item.span, { days: preview.days }, range.zone) }
            : item,
        )
      : items;
    const placed = placeItems(shown, range);
    return WEEKS.map((week) => layoutWeek(placed, week * 7, { lanes }));
  }, [items, range, preview, lanes]);

  const focus = (day: number): void => {
    if (day < range.firstDay || day >= range.firstDay + range.dates.length) actions.goTo(day);
    setFocusDay(day);
    requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const cell = event.target as HTMLElement;
    const day = Number(cell.dataset['day'] ?? NaN);
    if (Number.isNaN(day)) return;
    const column = (day - range.firstDay) % 7;
    const next = { ...STEPS, Home: -column, End: 6 - column }[event.key];
    if (next !== undefined) focus(day + next);
    else if (event.key === 'Enter' || event.key === ' ') actions.createAt(spanOfDays(day, day, range.zone));
    else return;
    event.preventDefault();
  };
  const moveByKey = useCallback(
    (event: KeyboardEvent, item: Item) => {
      const days = STEPS[event.key];
      if (days === undefined || !event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      actions.moveItem(item, moveSpan(item.span, { days }, range.zone));
    },
    [actions, range.zone],
  );

  return (
    <div
      ref={grid}
      className="month"
      role="grid"
      tabIndex={-1}
      aria-label={format.date(date, 'month')}
      aria-describedby="month-keys"
      data-dragging={preview !== undefined || undefined}
      onKeyDown={onKeyDown}
      {...handlers}
    >
      <div className="month-head" role="row">
        {range.dates.slice(0, 7).map((day) => (
          <div key={day.dayOfWeek} role="columnheader" aria-label={format.date(day, 'weekdayLong')}>
            {format.date(day, 'weekday')}
          </div>
        ))}
      </div>
      {WEEKS.map((week) => (
        <MonthWeek
          key={week}
          range={range}
          week={week}
          month={date.month}
          today={today}
          segments={weeks[week] ?? []}
          lanes={lanes}
          focusDay={focusDay}
          selection={selection}
          onFocusDay={setFocusDay}
          onKeyMove={moveByKey}
        />
      ))}
      <p id="month-keys" className="visually-hidden">
        {text.monthKeys}
      </p>
    </div>
  );
}

/** The one day that the Tab key stops at: the date that is looked at, until the arrows lead elsewhere. */
function useFocusDay(range: DayRange, date: Temporal.PlainDate): readonly [number, (day: number) => void] {
  const looked = range.firstDay + range.dates.findIndex((day) => day.equals(date));
  const [focus, setFocus] = useState({ looked, day: looked });
  // Another date is looked at: the arrows begin there again.
  if (focus.looked !== looked) setFocus({ looked, day: looked });
  return [focus.day, (day) => setFocus({ looked, day })];
}
