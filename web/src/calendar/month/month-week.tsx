import { memo, type CSSProperties, type KeyboardEvent } from 'react';
import type { Temporal } from 'temporal-polyfill';
import { useText } from '../../i18n/text.ts';
import { useFormat } from '../../settings/use-format.ts';
import { useActions } from '../actions.ts';
import { EventChip } from '../event/event-chip.tsx';
import type { Item } from '../item.ts';
import type { Segment } from '../layout/layout-week.ts';
import type { DaySelection } from './use-month-drag.ts';

interface MonthWeekProps {
  readonly dates: readonly Temporal.PlainDate[];
  /** In days since 1970. */
  readonly firstDay: number;
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
  const { dates, firstDay, segments, lanes, focusDay, selection, onFocusDay, onKeyMove } = props;
  const text = useText();
  const format = useFormat();
  const actions = useActions();
  return (
    <div className="month-week" role="row">
      {dates.map((date, column) => {
        const day = firstDay + column;
        const onDay = segments.filter(
          (segment) => segment.day <= column && segment.day + segment.days > column,
        );
        const shown = showLanes(onDay, lanes);
        const hidden = onDay.length - shown.length;
        const isSelected = selection !== undefined && day >= selection.first && day <= selection.last;
        return (
          // The grid has the keys and the pointer of all of its cells.
          <div
            key={day}
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
            <span className="day-number">
              {format.date(date, date.day === 1 ? 'dayMonth' : 'day')}
              <span className="visually-hidden">
                {text.dayLabel(format.date(date, 'full'), onDay.length)}
              </span>
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
                onClick={(event) => {
                  event.stopPropagation();
                  actions.openDay(day);
                }}
              >
                +{hidden}
                <span className="visually-hidden">{text.moreLabel(hidden, format.date(date, 'full'))}</span>
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
});

/** Whether it reaches over more days than the one that it stands in. */
function isBar({ days, isContinued, goesOn }: Segment): boolean {
  return days > 1 || isContinued || goesOn;
}

/** All of them where they fit; else all but those that would stand in the last line, which says how many there are. */
function showLanes(segments: readonly Segment[], lanes: number): readonly Segment[] {
  const fits = segments.every(({ lane }) => lane < lanes);
  return fits ? segments : segments.filter(({ lane }) => lane < lanes - 1);
}
