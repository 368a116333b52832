import { Suspense, useEffect, useMemo } from 'react';
import { Temporal } from 'temporal-polyfill';
import { Route, Switch } from 'wouter';
import { CalendarPage } from './calendar/calendar-page.tsx';
import { ReminderNotices } from './calendar/reminders/reminder-notices.tsx';
import { SearchPage } from './calendar/search/search-page.tsx';
import { useLanguage } from './i18n/text.ts';
import { AwayNotice } from './session/away-notice.tsx';
import { SessionGate } from './session/session-gate.tsx';
import { useFormat } from './settings/use-format.ts';
import { useToday } from './time/use-now.ts';
import { VIEWS, type View } from './time/period.ts';
import { lazyPart } from './ui/lazy-part.ts';
import { Toasts } from './ui/toasts.tsx';

const MonitorPage = lazyPart(async () => (await import('./monitor/monitor-page.tsx')).MonitorPage);

/** The addresses of the page; the server answers the same (`PAGE_PATHS` in calendar-api). The monitor is loaded when it is looked at. */
export function App() {
  const language = useLanguage();
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <>
      <AwayNotice />
      <SessionGate>
        <ReminderNotices />
        <Switch>
          <Route path="/search">
            <SearchPage />
          </Route>
          <Route path="/monitor/:place?">
            {({ place }) => (
              <Suspense>
                <MonitorPage {...(place === undefined ? {} : { place })} />
              </Suspense>
            )}
          </Route>
          <Route path="/:view/:date">{({ view, date }) => <Period view={view} date={date} />}</Route>
          <Route>
            <Period />
          </Route>
        </Switch>
      </SessionGate>
      <Toasts />
    </>
  );
}

/** A period of the calendar; without a date, or with one that is none, that of today. */
function Period({ view, date }: { readonly view?: string; readonly date?: string }) {
  const { zone } = useFormat();
  const today = useToday(zone);
  const known: View = VIEWS.find((name) => name === view) ?? 'month';
  const looked = useMemo(() => readDate(date) ?? today, [date, today]);
  return <CalendarPage view={known} date={looked} today={today} />;
}

function readDate(text: string | undefined): Temporal.PlainDate | undefined {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}
