import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { Link } from 'wouter';
import { useText } from '../../i18n/text.ts';
import { useNow } from '../../time/use-now.ts';
import { Icon } from '../../ui/icon.tsx';
import { AgendaLine } from '../agenda/agenda-line.tsx';
import { CalendarShell } from '../calendar-shell.tsx';
import { listAll } from '../use-items.ts';
import { useVisibleItems } from '../use-visible-items.ts';
import { searchItems } from './search-items.ts';

const YEAR_MS = 366 * 86_400_000;
const SHOWN = 100;

/** Finds events by their words, from a year ago to a year ahead. */
export function SearchPage() {
  const text = useText();
  const [words, setWords] = useState('');
  const nowMs = useNow();
  const wanted = useDeferredValue(words);
  const { items, isPending } = useYears();
  const shown = useVisibleItems(items);
  const found = useMemo(() => searchItems(shown, wanted, nowMs), [shown, wanted, nowMs]);
  return (
    <CalendarShell items={shown} goTo={() => {}}>
      {() => (
        <div className="page search-page">
          <header className="toolbar">
            <Link href="/" className="icon-button" aria-label={text.back}>
              <Icon name="previous" />
            </Link>
            <input
              type="search"
              className="search-input"
              // The page is there to type into.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              value={words}
              placeholder={text.searchHint}
              aria-label={text.search}
              onChange={(event) => setWords(event.target.value)}
            />
          </header>
          <main className="agenda" aria-busy={isPending}>
            <h1 className="visually-hidden">{text.search}</h1>
            <p className="hint" role="status">
              {isPending ? text.loading : wanted.trim() === '' ? text.searchRange : text.found(found.length)}
            </p>
            <ul className="agenda-list">
              {found.slice(0, SHOWN).map((item) => (
                <AgendaLine key={item.key} item={item} showsDay />
              ))}
            </ul>
          </main>
        </div>
      )}
    </CalendarShell>
  );
}

function useYears() {
  const [nowMs] = useState(() => Math.floor(Date.now() / 86_400_000) * 86_400_000);
  const from = new Date(nowMs - YEAR_MS).toISOString();
  const to = new Date(nowMs + YEAR_MS).toISOString();
  const { data = NONE, isPending } = useQuery({
    queryKey: ['occurrences', from, to],
    queryFn: ({ signal }) => listAll(from, to, signal),
  });
  return { items: data, isPending };
}

const NONE: Awaited<ReturnType<typeof listAll>> = [];
