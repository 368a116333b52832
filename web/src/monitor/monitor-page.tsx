import { Suspense, useEffect } from 'react';
import { Link, Route, Switch } from 'wouter';
import { useText } from '../i18n/text.ts';
import { SettingsButton } from '../settings/settings-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { lazyPart } from '../ui/lazy-part.ts';
import { BoardPage } from './board/board-page.tsx';
import { TargetsPage } from './targets/targets-page.tsx';
import './styles/index.css';

const ExplorerPage = lazyPart(async () => (await import('./explorer/explorer-page.tsx')).ExplorerPage);

const PLACES = [
  ['board', '/monitor'],
  ['targets', '/monitor/targets'],
  ['explorer', '/monitor/explorer'],
] as const;

type Place = (typeof PLACES)[number][0];

/** The monitor: the board, the targets and the explorer, each at an address of its own. */
export function MonitorPage({ place = 'board' }: { readonly place?: string }) {
  const text = useText();
  const shown: Place = PLACES.find(([name]) => name === place)?.[0] ?? 'board';
  useEffect(() => {
    document.title = `${text.monitor.places[shown]} · Daywatch`;
  }, [text, shown]);
  return (
    <div className="page monitor-page">
      <header className="toolbar">
        <Link href="/" className="brand" aria-label={text.monitor.toCalendar}>
          <img src="/favicon.svg" alt="" width="24" height="24" />
          <span>Daywatch</span>
        </Link>
        <h1 className="visually-hidden">{text.monitor.places[shown]}</h1>
        <nav className="views" aria-label={text.monitor.placesLabel}>
          {PLACES.map(([name, path]) => (
            <Link key={name} href={path} aria-current={name === shown ? 'page' : undefined}>
              {text.monitor.places[name]}
            </Link>
          ))}
        </nav>
        <span className="grow" />
        <Link href="/" className="button calendar-link">
          <Icon name="calendar" /> <span>{text.monitor.calendar}</span>
        </Link>
        <SettingsButton />
      </header>
      <main className="monitor">
        <Suspense fallback={<p className="hint monitor-empty">{text.loading}</p>}>
          <Switch>
            <Route path="/monitor/targets">
              <TargetsPage />
            </Route>
            <Route path="/monitor/explorer">
              <ExplorerPage />
            </Route>
            <Route>
              <BoardPage />
            </Route>
          </Switch>
        </Suspense>
      </main>
    </div>
  );
}
