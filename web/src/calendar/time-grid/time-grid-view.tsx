import { useLayoutEffect, useMemo, useRef, type CSSProperties } from 'react';
import type { Temporal } from 'temporal-polyfill';
import { useText } from '../../i18n/text.ts';
import { useFormat } from '../../settings/use-format.ts';
import { findDay, readWallMinutes, type DayRange } from '../../time/day-range.ts';
import { useNow } from '../../time/use-now.ts';
import { useActions } from '../actions.ts';
import type { Item } from '../item.ts';
import { placeItems } from '../layout/layout-week.ts';
import { AllDayRow } from './all-day-row.tsx';
import { DayColumn } from './day-column.tsx';
import { HourGutter } from './hour-gutter.tsx';
import { KeyboardCursor } from './keyboard-cursor.tsx';
import { layoutDay } from './layout-day.ts';
import { useTimeDrag } from './use-time-drag.ts';

interface TimeGridViewProps {
  readonly range: DayRange;
  readonly date: Temporal.PlainDate;
  readonly today: Temporal.PlainDate;
  readonly items: readonly Item[];
}

/** What is seen first: the working day, unless something asks for more. */
const FIRST_HOUR = 7.5;

/** Days side by side, with the hours of the wall clock from top to bottom. */
export function TimeGridView({ range, date, today, items }: TimeGridViewProps) {
  const text = useText();
  const format = useFormat();
  const actions = useActions();
  const scroll = useRef<HTMLDivElement>(null);
  const days = useRef<HTMLDivElement>(null);
  const { preview, handlers } = useTimeDrag({
    days,
    range,
    onMove: actions.moveItem,
    onCreate: actions.createAt,
  });
  const placed = useMemo(() => {
    const shown = preview
      ? items.map((item) => (item.key === preview.key ? { ...item, span: preview.span } : item))
      : items;
    return placeItems(shown, range);
  }, [items, range, preview]);
  useLayoutEffect(() => {
    const element = scroll.current;
    if (element) element.scrollTop = (element.scrollHeight * FIRST_HOUR) / 24;
  }, []);
  const nowMs = useNow();
  const nowDay = findDay(range, nowMs);

  return (
    <div className="time-grid" style={{ '--days': range.dates.length } as CSSProperties}>
      <div className="time-head">
        <span className="gutter" />
        {range.dates.map((day) => (
          <button
            key={day.toString()}
            type="button"
            className="day-head"
            aria-current={day.equals(today) ? 'date' : undefined}
            onClick={() => actions.openDay(range.firstDay + range.dates.indexOf(day))}
          >
            <span>{format.date(day, 'weekday')}</span>
            <span className="day-head-number">{format.date(day, 'day')}</span>
            <span className="visually-hidden">, {format.date(day, 'full')}</span>
          </button>
        ))}
      </div>
      <AllDayRow range={range} placed={placed} />
      <div className="time-scroll" ref={scroll}>
        <HourGutter date={range.dates[0] ?? date} />
        <div
          className="time-days"
          ref={days}
          data-dragging={preview !== undefined || undefined}
          {...handlers}
        >
          {range.dates.map((day, i) => (
            <DayColumn
              key={day.toString()}
              label={format.date(day, 'full')}
              isToday={day.equals(today)}
              blocks={layoutDay(placed, i, range)}
              nowMinutes={i === nowDay ? readWallMinutes(range, i, nowMs) : undefined}
              zone={range.zone}
            />
          ))}
          {preview && preview.key === undefined && <Draft range={range} preview={preview.span} />}
          <KeyboardCursor range={range} date={date} label={text.cursorLabel} />
        </div>
      </div>
    </div>
  );
}

/** The new event while it is being dragged. */
function Draft({ range, preview }: { readonly range: DayRange; readonly preview: Item['span'] }) {
  const format = useFormat();
  if (preview.kind !== 'timed') return null;
  const day = findDay(range, preview.startMs);
  const start = readWallMinutes(range, day, preview.startMs);
  const length = (preview.endMs - preview.startMs) / 60_000;
  const style = { '--day': day, '--start': start, '--length': length } as CSSProperties;
  return (
    <div className="time-draft" style={style}>
      {format.span(preview)}
    </div>
  );
}
