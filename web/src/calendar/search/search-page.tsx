import { useState } from 'react';
import { Link } from 'wouter';
import type { Catalogue } from '../../i18n/en.ts';
import { useText } from '../../i18n/text.ts';
import { Icon } from '../../ui/icon.tsx';
import { AgendaLine } from '../agenda/agenda-line.tsx';
import { CalendarShell } from '../calendar-shell.tsx';
import { explainError } from '../changes/explain-error.ts';
import { useVisibleItems } from '../use-visible-items.ts';
import { useSearch, type Found } from './use-search.ts';
import type { Item } from '../item.ts';

const NONE: readonly Item[] = [];

/** Finds events by their words: of each the next occurrence, or the last. */
export function SearchPage() {
  const text = useText();
  const [words, setWords] = useState(() => new URLSearchParams(location.search).get('query') ?? '');
  const { found, error } = useSearch(words);
  const shown = useVisibleItems(found?.items ?? NONE);
  const type = (typed: string): void => {
    setWords(typed);
    // What was looked for is there again after going on and back.
    const query = typed.trim() === '' ? '' : `?${new URLSearchParams({ query: typed }).toString()}`;
    history.replaceState(null, '', `/search${query}`);
  };
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
              onChange={(event) => type(event.target.value)}
            />
          </header>
          <main className="agenda" aria-busy={found === undefined && words.trim() !== ''}>
            <h1 className="visually-hidden">{text.search}</h1>
            <p className="hint" role="status">
              {error ? explainError(error, text) : describe(found, words, text)}
            </p>
            <ul className="agenda-list">
              {shown.map((item) => (
                <AgendaLine key={item.key} item={item} showsDay />
              ))}
            </ul>
          </main>
        </div>
      )}
    </CalendarShell>
  );
}

function describe(found: Found | undefined, words: string, text: Catalogue): string {
  if (words.trim() === '') return text.searchRange;
  if (!found) return text.loading;
  return found.hasMore ? text.foundMore(found.items.length) : text.found(found.items.length);
}
