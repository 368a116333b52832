import type { Temporal } from 'temporal-polyfill';
import type { CSSProperties } from 'react';
import { useCalendars } from '../../api/use-calendars.ts';
import { useText } from '../../i18n/text.ts';
import { changeSettings, useSettings } from '../../settings/settings.ts';
import { useHue } from '../hues.ts';
import { RemindersList } from '../reminders/reminders-list.tsx';
import { MiniMonth } from './mini-month.tsx';

interface SidebarProps {
  readonly date: Temporal.PlainDate;
  readonly today: Temporal.PlainDate;
  readonly onGo: (date: Temporal.PlainDate) => void;
}

/** Where there is room: a small month to go elsewhere, the calendars to show or hide, and the reminders. */
export function Sidebar({ date, today, onGo }: SidebarProps) {
  const text = useText();
  const { data: calendars } = useCalendars();
  return (
    <aside className="sidebar" aria-label={text.sidebar}>
      <MiniMonth key={`${date.year}-${date.month}`} date={date} today={today} onGo={onGo} />
      <fieldset className="calendars">
        <legend>{text.calendars}</legend>
        {calendars?.map(({ id, name }) => (
          <CalendarCheck key={id} id={id} name={name} />
        ))}
        {calendars?.length === 0 && <p className="hint">{text.noCalendars}</p>}
      </fieldset>
      {/* Only where it stays: the calendars above make it room. */}
      {calendars && (
        <section className="side-reminders" aria-label={text.reminders}>
          <h2>{text.reminders}</h2>
          <RemindersList most={5} />
        </section>
      )}
    </aside>
  );
}

function CalendarCheck({ id, name }: { readonly id: string; readonly name: string }) {
  const { hiddenCalendars } = useSettings();
  const hue = useHue(id);
  return (
    <label className="check calendar-check" style={{ '--hue': hue } as CSSProperties}>
      <input
        type="checkbox"
        checked={!hiddenCalendars.includes(id)}
        onChange={(event) =>
          changeSettings({
            hiddenCalendars: event.target.checked
              ? hiddenCalendars.filter((hidden) => hidden !== id)
              : [...hiddenCalendars, id],
          })
        }
      />
      {name}
    </label>
  );
}
