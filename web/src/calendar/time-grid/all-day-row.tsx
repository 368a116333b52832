import { useMemo, type CSSProperties, type MouseEvent } from 'react';
import { useText } from '../../i18n/text.ts';
import { useSettings } from '../../settings/settings.ts';
import type { DayRange } from '../../time/day-range.ts';
import { moveSpan } from '../../time/span.ts';
import { useActions } from '../actions.ts';
import { EventChip } from '../event/event-chip.tsx';
import { layoutWeek, type PlacedItem } from '../layout/layout-week.ts';
import { isBar } from './layout-day.ts';

interface AllDayRowProps {
  readonly range: DayRange;
  readonly placed: readonly PlacedItem[];
}

/** What lasts whole days, above the hours. */
export function AllDayRow({ range, placed }: AllDayRowProps) {
  const text = useText();
  const actions = useActions();
  const { secondZone } = useSettings();
  const count = range.dates.length;
  const segments = useMemo(
    () =>
      layoutWeek(
        placed.filter(({ item }) => isBar(item)),
        0,
        { length: count },
      ),
    [placed, count],
  );
  // For the pointer: the keyboard makes an event of a day, and says in the form that it lasts all of it.
  const handlers = {
    onClick: ({ clientX, currentTarget }: MouseEvent<HTMLElement>): void => {
      const { left, width } = currentTarget.getBoundingClientRect();
      const day = range.firstDay + Math.floor(((clientX - left) / width) * count);
      actions.createAt({ kind: 'all-day', startDay: day, endDay: day + 1 });
    },
  };
  const lanes = Math.max(1, ...segments.map(({ lane }) => lane + 1));
  return (
    <div className="all-day" style={{ '--lanes': lanes } as CSSProperties}>
      <span className="gutter zones">
        {secondZone !== '' && <span title={secondZone}>{cityOf(secondZone)}</span>}
        <span title={range.zone}>{secondZone === '' ? text.allDay : cityOf(range.zone)}</span>
      </span>
      <div className="all-day-cells" {...handlers}>
        {range.dates.map((date, column) => {
          const day = range.firstDay + column;
          return (
            <div key={day} className="all-day-cell">
              {segments
                .filter((segment) => segment.day === column)
                .map((segment) => (
                  <EventChip
                    key={segment.item.key}
                    item={segment.item}
                    className="month-chip"
                    style={{ '--at': segment.lane, '--days': segment.days }}
                    isContinued={segment.isContinued}
                    goesOn={segment.goesOn}
                    onKeyMove={(event, item) => {
                      const days = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
                      if (days === undefined || !event.altKey) return;
                      event.preventDefault();
                      actions.moveItem(item, moveSpan(item.span, { days }, range.zone));
                    }}
                  />
                ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** `America/Argentina/Buenos_Aires` is known as Buenos Aires. */
function cityOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}
