import { memo } from 'react';
import { useText } from '../../i18n/text.ts';
import type { Board, BoardEntry, CheckStatus } from '../model.ts';
import { useLasting } from '../text/use-lasting.ts';
import { useMilliseconds } from '../text/use-milliseconds.ts';
import { usePercent } from '../text/use-percent.ts';
import { findUpShare } from './apply-standings.ts';
import { Bars } from './bars.tsx';
import { Sparkline } from './sparkline.tsx';

interface CheckRowProps extends Pick<Board, 'startMs' | 'barMs'> {
  readonly entry: BoardEntry;
  /** To the minute: how long something has lasted need not be more exact. */
  readonly nowMs: number;
}

/** One target: how it stands, how it was, and what is wrong. */
export const CheckRow = memo(function CheckRow({ entry, startMs, barMs, nowMs }: CheckRowProps) {
  const { monitor: text } = useText();
  const percent = usePercent();
  const lasting = useLasting();
  const milliseconds = useMilliseconds();
  const { domain, status, reason, sinceMs, bars, recent, lastCheck } = entry;
  const share = findUpShare(bars);
  const since = sinceMs === undefined ? '' : lasting(Math.max(1000, nowMs - sinceMs));
  return (
    <li className="check" data-status={status}>
      <StatusMark status={status} />
      <div className="check-name">
        <h2 title={domain}>{domain}</h2>
        <p>
          <strong>{text.status[status]}</strong> {since !== '' && text.since(since)}
        </p>
      </div>
      <Bars bars={bars} startMs={startMs} barMs={barMs} />
      <span className="check-share">
        {share === undefined ? '–' : percent(share)}
        <span className="visually-hidden"> {text.up}</span>
      </span>
      <span className="check-latency">
        <Sparkline recent={recent} />
        <span>{lastCheck ? milliseconds(lastCheck.durationMs) : ''}</span>
      </span>
      {status !== 'pass' && reason !== undefined && <p className="check-reason">{reason}</p>}
    </li>
  );
});

/** A shape for each status: the colour alone says nothing to many people. */
const MARKS: Readonly<Record<CheckStatus, string>> = {
  pass: 'M5 12.5l4.5 4.5L19 7.5',
  warn: 'M12 4v9M12 17.5v.5',
  fail: 'M6 6l12 12M18 6L6 18',
  unknown: 'M9 9a3 3 0 1 1 4.2 2.8c-.8.4-1.2.9-1.2 2.2M12 17.5v.5',
};

function StatusMark({ status }: { readonly status: CheckStatus }) {
  return (
    <span className="status-mark" data-status={status}>
      <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d={MARKS[status]} />
      </svg>
    </span>
  );
}
