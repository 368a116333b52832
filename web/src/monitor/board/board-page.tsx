import { memo, useDeferredValue, useMemo, useState } from 'react';
import { Link, useSearch } from 'wouter';
import { explainError } from '../../calendar/changes/explain-error.ts';
import { useText } from '../../i18n/text.ts';
import { useNow } from '../../time/use-now.ts';
import { PERIODS, STATUSES, type Board, type BoardEntry, type Period } from '../model.ts';
import { MonitorProblem } from '../monitor-problem.tsx';
import { CheckRow } from './check-row.tsx';
import { useBoard } from './use-board.ts';
import { useGrownCount } from './use-grown-count.ts';

/** From here on it is quicker to type than to look. */
const FILTERED_FROM = 12;

/** Everything that is watched: what is broken is first and loud, what is fine is quiet. */
export function BoardPage() {
  const all = useText();
  const { monitor: text } = all;
  const period = readPeriod(useSearch());
  const { board, error } = useBoard(period);
  const [typed, setTyped] = useState('');
  const wanted = useDeferredValue(typed.trim().toLowerCase());
  // The line above says at once how it all stands; the rows follow in small pieces, when nothing else has to be done.
  const drawn = useDeferredValue(board);
  if (error && !board) return <MonitorProblem error={error} />;
  if (!board) return <p className="hint monitor-empty">{text.loading}</p>;
  if (board.entries.length === 0) return <NothingWatched />;
  return (
    <>
      {error && (
        <p className="board-stale" role="alert">
          {text.stale(explainError(error, all))}
        </p>
      )}
      <div className="board-head">
        <Summary entries={board.entries} />
        <span className="grow" />
        {board.entries.length >= FILTERED_FROM && (
          <input
            type="search"
            className="board-filter"
            value={typed}
            placeholder={text.filter}
            aria-label={text.filter}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
        <nav className="views" aria-label={text.period}>
          {PERIODS.map((name) => (
            <Link
              key={name}
              href={`/monitor?period=${name}`}
              aria-current={name === period ? 'page' : undefined}
            >
              {text.periods[name]}
            </Link>
          ))}
        </nav>
      </div>
      <CheckList board={drawn ?? board} wanted={wanted} />
    </>
  );
}

interface CheckListProps {
  readonly board: Board;
  readonly wanted: string;
}

/**
 * A list for each status. In one list a target that fails would come before hundreds of others, each of which the browser
 * would have to move; so it leaves one list and enters another.
 */
const CheckList = memo(function CheckList({ board, wanted }: CheckListProps) {
  const { monitor: text } = useText();
  const nowMs = useNow();
  const shown = useMemo(
    () => board.entries.filter(({ domain }) => domain.toLowerCase().includes(wanted)),
    [board.entries, wanted],
  );
  const count = useGrownCount(shown.length);
  if (shown.length === 0) return <p className="hint monitor-empty">{text.nothingMatches}</p>;
  const lists = Map.groupBy(shown.slice(0, count), ({ status }) => status);
  return STATUSES.map((status) => (
    <ul key={status} className="checks" aria-label={text.status[status]} hidden={!lists.has(status)}>
      {lists.get(status)?.map((entry) => (
        <CheckRow key={entry.id} entry={entry} startMs={board.startMs} barMs={board.barMs} nowMs={nowMs} />
      ))}
    </ul>
  ));
});

/** How it all stands, in one line that is said when it changes. */
function Summary({ entries }: { readonly entries: readonly BoardEntry[] }) {
  const { monitor: text } = useText();
  const counts = STATUSES.map((status) => ({
    status,
    count: entries.filter((entry) => entry.status === status).length,
  }));
  const worst = counts.find(({ count }) => count > 0)?.status ?? 'pass';
  const broken = counts.filter(({ status, count }) => status !== 'pass' && count > 0);
  return (
    <p className="board-summary" data-status={worst} role="status">
      {broken.length === 0
        ? text.allWell(entries.length)
        : broken.map(({ status, count }) => text.standing[status](count, entries.length)).join(' · ')}
    </p>
  );
}

/** What to do where nothing is watched yet. */
function NothingWatched() {
  const { monitor: text } = useText();
  return (
    <div className="monitor-empty">
      <h2>{text.nothingWatched}</h2>
      <p>{text.nothingWatchedHint}</p>
      <pre>
        <code>{EXAMPLE}</code>
      </pre>
    </div>
  );
}

const EXAMPLE = `targets:
  - name: shop
    kind: http
    url: https://shop.example.org
  - name: database-host
    url: http://db.example.org:9100
    health_path: none`;

function readPeriod(search: string): Period {
  const given = new URLSearchParams(search).get('period');
  return PERIODS.find((known) => known === given) ?? '24h';
}
