// On a phone the parts of the table are drawn as blocks: some browsers would take them for no table any more, but for what
// their roles say.
/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role */
import { Link } from 'wouter';
import { useText } from '../../i18n/text.ts';
import { useBoard } from '../board/use-board.ts';
import type { Standing } from '../model.ts';
import { MonitorProblem } from '../monitor-problem.tsx';
import { useLasting } from '../text/use-lasting.ts';
import { useMilliseconds } from '../text/use-milliseconds.ts';
import { useWhen } from '../text/use-when.ts';

/** Every target with how it is asked, what it answered last, and what went wrong last. */
export function TargetsPage() {
  const { monitor: text } = useText();
  const { board, error } = useBoard('24h');
  if (error && !board) return <MonitorProblem error={error} />;
  if (!board) return <p className="hint monitor-empty">{text.loading}</p>;
  return (
    // A wide table is scrolled by the keyboard too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="table-scroll" tabIndex={0} role="region" aria-label={text.places.targets}>
      <table className="targets" role="table">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              {text.target}
            </th>
            <th role="columnheader" scope="col">
              {text.state}
            </th>
            <th role="columnheader" scope="col">
              {text.lastCheck}
            </th>
            <th role="columnheader" scope="col">
              {text.lastScrape}
            </th>
            <th role="columnheader" scope="col">
              {text.lastError}
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {board.entries.map((entry) => (
            <TargetRow key={entry.id} target={entry} />
          ))}
        </tbody>
      </table>
      {board.entries.length === 0 && <p className="hint monitor-empty">{text.nothingWatched}</p>}
    </div>
  );
}

function TargetRow({ target }: { readonly target: Standing }) {
  const { monitor: text } = useText();
  const when = useWhen();
  const lasting = useLasting();
  const milliseconds = useMilliseconds();
  const { domain, url, kind, intervalMs, status, lastCheck, lastScrape, lastError, checker } = target;
  return (
    <tr role="row" data-status={status}>
      <th role="rowheader" scope="row">
        {domain}
        <span className="target-url">{url}</span>
        <span className="target-url">
          {kind} · {text.every(lasting(intervalMs))}
          {checker !== undefined && ` · ${checker}`}
        </span>
      </th>
      <td role="cell">{text.status[status]}</td>
      <td role="cell" data-label={text.lastCheck}>
        {lastCheck ? (
          <>
            <time>{when(lastCheck.atMs, 'second')}</time>
            <span className="target-url">{milliseconds(lastCheck.durationMs)}</span>
          </>
        ) : (
          text.never
        )}
      </td>
      <td role="cell" data-label={text.lastScrape}>
        {lastScrape ? (
          <>
            <time>{when(lastScrape.atMs, 'second')}</time>
            <Link
              className="target-url"
              href={`/monitor/explorer?q=${encodeURIComponent(`{instance="${hostPort(url)}"}`)}`}
            >
              {text.samples(lastScrape.samples)}
            </Link>
            {lastScrape.refused > 0 && <span className="target-url">{text.refused(lastScrape.refused)}</span>}
          </>
        ) : (
          text.never
        )}
      </td>
      <td role="cell" data-label={text.lastError}>
        {lastError ? (
          <>
            <span className="target-error">{lastError.message}</span>
            <time className="target-url">{when(lastError.atMs, 'second')}</time>
          </>
        ) : (
          text.none
        )}
      </td>
    </tr>
  );
}

/** As the label `instance` has it: the port is always there. */
function hostPort(url: string): string {
  try {
    const { hostname, port, protocol } = new URL(url);
    return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
  } catch {
    return url;
  }
}
