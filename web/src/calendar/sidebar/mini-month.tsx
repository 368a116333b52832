import { useState } from 'react';
import type { Temporal } from 'temporal-polyfill';
import { useText } from '../../i18n/text.ts';
import { useFormat, useWeekStart } from '../../settings/use-format.ts';
import { findPeriod } from '../../time/period.ts';
import { Icon } from '../../ui/icon.tsx';

interface MiniMonthProps {
  readonly date: Temporal.PlainDate;
  readonly today: Temporal.PlainDate;
  readonly onGo: (date: Temporal.PlainDate) => void;
}

/** A month to click a date in; it can be leafed through without leaving the period that is looked at. */
export function MiniMonth({ date, today, onGo }: MiniMonthProps) {
  const text = useText();
  const format = useFormat();
  const weekStart = useWeekStart();
  const [month, setMonth] = useState(date.with({ day: 1 }));
  const { first, count } = findPeriod('month', month, weekStart);
  const dates = Array.from({ length: count }, (_, i) => first.add({ days: i }));
  return (
    <section className="mini" aria-label={text.miniMonth}>
      <header>
        <span aria-live="polite">{format.date(month, 'month')}</span>
        <button
          type="button"
          className="icon-button"
          aria-label={text.previous.month}
          onClick={() => setMonth(month.subtract({ months: 1 }))}
        >
          <Icon name="previous" />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={text.next.month}
          onClick={() => setMonth(month.add({ months: 1 }))}
        >
          <Icon name="next" />
        </button>
      </header>
      <div className="mini-days">
        {dates.slice(0, 7).map((day) => (
          <span key={day.dayOfWeek} aria-hidden="true">
            {format.date(day, 'weekdayNarrow')}
          </span>
        ))}
        {dates.map((day) => (
          <button
            key={day.toString()}
            type="button"
            // The main view has the keys; 42 more stops would be in the way of whoever uses Tab.
            tabIndex={-1}
            data-other={day.month !== month.month || undefined}
            data-looked={day.equals(date) || undefined}
            aria-current={day.equals(today) ? 'date' : undefined}
            aria-label={format.date(day, 'full')}
            onClick={() => onGo(day)}
          >
            {day.day}
          </button>
        ))}
      </div>
    </section>
  );
}
