import { useMemo } from 'react';
import type { Temporal } from 'temporal-polyfill';
import { useText } from '../../i18n/text.ts';
import { useFormat } from '../../settings/use-format.ts';
import type { DayRange } from '../../time/day-range.ts';
import type { Item } from '../item.ts';
import { placeItems } from '../layout/layout-week.ts';
import { AgendaLine } from './agenda-line.tsx';

interface AgendaViewProps {
  readonly range: DayRange;
  readonly today: Temporal.PlainDate;
  readonly items: readonly Item[];
  /** Whether there is nothing else: it is not being loaded, and nothing went wrong with that. */
  readonly isKnown: boolean;
}

/** Day after day, only those on which there is something. */
export function AgendaView({ range, today, items, isKnown }: AgendaViewProps) {
  const text = useText();
  const format = useFormat();
  const placed = useMemo(() => placeItems(items, range), [items, range]);
  const days = range.dates
    .map((date, i) => ({
      date,
      items: placed.filter(({ placed: at }) => at.first <= i && at.last >= i).map(({ item }) => item),
    }))
    .filter((day) => day.items.length > 0);
  if (days.length === 0 && isKnown) {
    return (
      <div className="empty">
        <p>{text.agendaEmpty}</p>
        <p>{text.agendaEmptyHint}</p>
      </div>
    );
  }
  return (
    <div className="agenda">
      {days.map(({ date, items: onDay }) => (
        <section key={date.toString()} aria-current={date.equals(today) ? 'date' : undefined}>
          <h2>
            {format.date(date, 'full')}
            {date.equals(today) && <span className="badge">{text.today}</span>}
          </h2>
          <ul>
            {onDay.map((item) => (
              <AgendaLine key={item.key} item={item} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
