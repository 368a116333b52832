import { Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import type { Temporal } from 'temporal-polyfill';
import { useLocation } from 'wouter';
import { useText } from '../i18n/text.ts';
import { useFormat, useWeekStart } from '../settings/use-format.ts';
import { fromEpochDay, makeDayRange } from '../time/day-range.ts';
import { findPeriod, stepPeriod, type View } from '../time/period.ts';
import { AgendaView } from './agenda/agenda-view.tsx';
import { CalendarShell } from './calendar-shell.tsx';
import { explainError } from './changes/explain-error.ts';
import { MonthView } from './month/month-view.tsx';
import { spanOfDays } from './month/new-span.ts';
import { Sidebar } from './sidebar/sidebar.tsx';
import { TimeGridView } from './time-grid/time-grid-view.tsx';
import { Toolbar } from './toolbar/toolbar.tsx';
import { useItems, usePrefetch } from './use-items.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useVisibleItems } from './use-visible-items.ts';
import { lazyPart } from '../ui/lazy-part.ts';

const HelpDialog = lazyPart(async () => (await import('./help-dialog.tsx')).HelpDialog);
const RemindersDialog = lazyPart(
  async () => (await import('./reminders/reminders-dialog.tsx')).RemindersDialog,
);
const SettingsDialog = lazyPart(async () => (await import('../settings/settings-dialog.tsx')).SettingsDialog);

/** Fingers tap, and drag nothing but the page. */
const HAS_MOUSE = !matchMedia('(hover: none) and (pointer: coarse)').matches;

interface CalendarPageProps {
  readonly view: View;
  readonly date: Temporal.PlainDate;
  readonly today: Temporal.PlainDate;
}

/** One period of the calendar, with all that one does in it. */
export function CalendarPage({ view, date, today }: CalendarPageProps) {
  const text = useText();
  const format = useFormat();
  const { zone } = format;
  const weekStart = useWeekStart();
  const [, navigate] = useLocation();
  const [extra, setExtra] = useState<'help' | 'reminders' | 'settings'>();
  const range = useMemo(() => rangeOf(view, date, weekStart, zone), [view, date, weekStart, zone]);
  const neighbours = useMemo(
    () => [1, -1].map((step) => rangeOf(view, stepPeriod(view, date, step), weekStart, zone)),
    [view, date, weekStart, zone],
  );
  const { items: loaded, isLoading, error } = useItems(range);
  usePrefetch(neighbours);
  const items = useVisibleItems(loaded);
  const goTo = useCallback(
    (next: Temporal.PlainDate, nextView: View = view) => navigate(`/${nextView}/${next.toString()}`),
    [navigate, view],
  );
  const step = (steps: number): void => goTo(stepPeriod(view, date, steps));
  const title = titleOf(view, date, range.dates, format);
  useEffect(() => {
    document.title = `${title} · Daywatch`;
  }, [title]);

  return (
    <CalendarShell items={items} goTo={(day) => goTo(fromEpochDay(day))}>
      {(actions) => {
        const create = (): void => {
          const day = range.dates.some((shown) => shown.equals(today)) ? today : date;
          const epochDay = range.firstDay + range.dates.findIndex((shown) => shown.equals(day));
          actions.createAt(spanOfDays(epochDay, epochDay, zone));
        };
        return (
          <div className="page">
            <Shortcuts
              step={step}
              goTo={goTo}
              date={date}
              today={today}
              create={create}
              openHelp={() => setExtra('help')}
              openSettings={() => setExtra('settings')}
            />
            <Toolbar
              view={view}
              date={date}
              today={today}
              title={title}
              onStep={step}
              onGo={goTo}
              onCreate={create}
              onHelp={() => setExtra('help')}
              onReminders={() => setExtra('reminders')}
              onSettings={() => setExtra('settings')}
            />
            <div className="page-body">
              <Sidebar date={date} today={today} onGo={(next) => goTo(next)} />
              <main className="view" data-view={view} aria-busy={isLoading}>
                {view === 'month' && <MonthView range={range} date={date} today={today} items={items} />}
                {(view === 'week' || view === 'day') && (
                  <TimeGridView key={view} range={range} date={date} today={today} items={items} />
                )}
                {view === 'agenda' && (
                  <AgendaView range={range} today={today} items={items} isKnown={!isLoading && !error} />
                )}
                {error && (
                  <p className="view-note view-problem" role="alert">
                    {text.notLoaded(explainError(error, text))}
                  </p>
                )}
                {view !== 'agenda' && !isLoading && !error && items.length === 0 && (
                  <p className="hint view-note">{text.viewEmpty(view === 'month', HAS_MOUSE)}</p>
                )}
              </main>
            </div>
            <Suspense>
              {extra === 'help' && <HelpDialog onClose={() => setExtra(undefined)} />}
              {extra === 'reminders' && <RemindersDialog onClose={() => setExtra(undefined)} />}
              {extra === 'settings' && <SettingsDialog onClose={() => setExtra(undefined)} />}
            </Suspense>
          </div>
        );
      }}
    </CalendarShell>
  );
}

function Shortcuts(props: Parameters<typeof useShortcuts>[0]): null {
  useShortcuts(props);
  return null;
}

function rangeOf(view: View, date: Temporal.PlainDate, weekStart: number, zone: string) {
  const { first, count } = findPeriod(view, date, weekStart);
  return makeDayRange(first, count, zone);
}

function titleOf(
  view: View,
  date: Temporal.PlainDate,
  dates: readonly Temporal.PlainDate[],
  format: ReturnType<typeof useFormat>,
): string {
  if (view === 'day') return format.date(date, 'long');
  if (view === 'month') return format.date(date, 'month');
  return format.dateRange(dates[0] ?? date, dates.at(-1) ?? date);
}
