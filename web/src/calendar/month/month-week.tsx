import { memo, type CSSProperties, type KeyboardEvent } from 'react';
import type { Temporal } from 'temporal-polyfill';
import { useText } from '../../i18n/text.ts';
import { useFormat } from '../../settings/use-format.ts';
import { readWallMinutes, type DayRange } from '../../time/day-range.ts';
import type { Format } from '../../time/format.ts';
import { useActions } from '../actions.ts';
import { EventChip, type ChipTimes } from '../event/event-chip.tsx';
import type { Item } from '../item.ts';
import type { Segment } from '../layout/layout-week.ts';
import type { DaySelection } from './use-month-drag.ts';

interface MonthWeekProps {
  readonly range: DayRange;
  /** Which of its weeks, from 0. */
  readonly week: number;
  /** The month that is looked at; days of others are quiet. */
  readonly month: number;
  readonly today: Temporal.PlainDate;
  readonly segments: readonly Segment[];
  /** How many lines fit under a day's number. */
  readonly lanes: number;
  readonly focusDay: number;
  readonly selection: DaySelection | undefined;
  readonly onFocusDay: (day: number) => void;
  readonly onKeyMove: (event: KeyboardEvent, item: Item) => void;
}

/** One week. A bar over several days stands in the cell of its first day, and reaches over the others. */
export const MonthWeek = memo(function MonthWeek(props: MonthWeekProps) {
  const { range, week, segments, lanes, focusDay, selection, onFocusDay, onKeyMove } = props;
  const text = useText();
  const format = useFormat();
  const actions = useActions();
  return (
    <div className="month-week" role="row">
      {range.dates.slice(week * 7, week * 7 + 7).map((date, column) => {
        const index = week * 7 + column;
        const day = range.firstDay + index;
        const onDay = segments.filter(
          (segment) => segment.day <= column && segment.day + segment.days > column,
        );
        const shown = showLanes(onDay, lanes);
        const hidden = onDay.length - shown.length;
        const isSelected = selection !== undefined && day >= selection.first && day <= selection.last;
        return (
          // The grid has the keys and the pointer of all of its cells.
          <div
            // A cell stays in its place when another month is shown: only what it says changes.
            key={date.dayOfWeek}
            role="gridcell"
            className="month-day"
            data-day={day}
            data-other={date.month !== props.month || undefined}
            data-weekend={date.dayOfWeek > 5 || undefined}
            data-selected={isSelected || undefined}
            aria-current={date.equals(props.today) ? 'date' : undefined}
            tabIndex={day === focusDay ? 0 : -1}
            onFocus={() => onFocusDay(day)}
          >
            <span
              className="day-number"
              // What is said beside the number is no text in it, which would be laid out for nobody to see.
              role="img"
              aria-label={text.dayLabel(format.date(date, 'full'), onDay.length)}
            >
              {date.day === 1 ? format.date(date, 'dayMonth') : date.day}
            </span>
            {shown
              .filter((segment) => segment.day === column)
              .map((segment) => (
                <EventChip
                  key={segment.item.key}
                  item={segment.item}
                  className={isBar(segment) ? 'month-chip month-bar' : 'month-chip'}
                  style={{ '--at': segment.lane, '--days': segment.days }}
                  tabIndex={day === focusDay ? 0 : -1}
                  when={isBar(segment) ? undefined : timesOf(segment.item, range, index, format)}
                  isContinued={segment.isContinued}
                  goesOn={segment.goesOn}
                  onKeyMove={onKeyMove}
                />
              ))}
            {hidden > 0 && (
              <button
                type="button"
                className="month-more"
                style={{ '--at': lanes - 1 } as CSSProperties}
                tabIndex={day === focusDay ? 0 : -1}
                aria-label={text.moreLabel(hidden, format.date(date, 'full'))}
                onClick={(event) => {
                  event.stopPropagation();
                  actions.openDay(day);
                }}
              >
                +{hidden}
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
});

/** The times of what lasts within one day, read off the clock of that day. */
function timesOf({ span }: Item, range: DayRange, index: number, format: Format): ChipTimes | undefined {
  if (span.kind !== 'timed') return undefined;
  const spell = (ms: number): string => format.clock(readWallMinutes(range, index, ms));
  return {
    day: format.date(range.dates[index] as Temporal.PlainDate, 'dayOfWeek'),
    start: spell(span.startMs),
    end: spell(span.endMs),
  };
}

/** Whether it reaches over more days than the one that it stands in. */
function isBar({ days, isContinued, goesOn }: Segment): boolean {
  return days > 1 || isContinued || goesOn;
}

/** All of them where they fit; else all but those that would stand in the last line, which says how many there are. */
function showLanes(segments: readonly Segment[], lanes: number): readonly Segment[] {
  const fits = segments.every(({ lane }) => lane < lanes);
  return fits ? segments : segments.filter(({ lane }) => lane < lanes - 1);
}
